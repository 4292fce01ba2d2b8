"""The reference model of a compiled world: the same people and ties, whatever has been added to them so far today."""

from peersim.switches import Switches
from tests.reference.model import ReferenceModel
from tests.reference.person import Person
from tests.reference.tie import Tie
from tests.reference.words import STATES, TRAITS

FAR_ENDS = ("closeness", "similarity", "channel", "kind")


def model_of(world, numbers):
    """The people and ties of a world under the numbers of a scenario; everything is on, and there are no programmes."""
    people, number = world.people, world.people.number.tolist()
    model = ReferenceModel(numbers, Switches(), (), world.seed, world.day, int(people.founders[0]))
    for row in people.row_of:
        model.people[number[row]] = read_person(model, people, row)
    for row, partner in enumerate(people.traits.partner):
        if partner >= 0:
            model.people[number[row]].partner = model.people[number[partner]]
    for row in people.row_of:
        for e in range(world.ties.start[row], world.ties.start[row + 1]):
            read_tie(model, world.ties, e, number[row], number[world.ties.other[e]])
    model.tie_everyone()
    return model


def read_person(model, people, row):
    """A person of the model from a row of the world."""
    traits = {name: getattr(people.traits, name)[row].item() for name in TRAITS}
    traits |= {name: getattr(people.traits, name)[:, row].tolist() for name in ("interests", "chronic")}
    states = {name: getattr(people.now, name)[row].item() for name in STATES}
    person = Person(model, int(people.number[row]), states, people.load[:, row].tolist(),
                    people.lived[:, row].tolist(), traits)  # fmt: skip
    vars(person.tonight).update({name: getattr(people.change, name)[row].item() for name in STATES})
    person.load_tonight = people.load_change[:, row].tolist()
    person.received = people.received[row].item()
    return person


def read_tie(model, ties, e, i, j):
    """A tie of the model from the two arcs of the world, the one from the lower number first."""
    trust = ties.trust[e].item()
    if i > j:
        model.ties[j, i].trust[i] = trust
        return
    kept = {name: getattr(ties, name)[e].item() for name in FAR_ENDS}
    model.ties[i, j] = Tie(model, (model.people[i], model.people[j]), trust={i: trust, j: None}, **kept)
