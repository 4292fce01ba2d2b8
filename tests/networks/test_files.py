"""Whatever way a network is written, the same people and ties are read; whatever is wrong is told."""

import gzip
import json
import random
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peersim.networks.errors import NetworkError
from peersim.networks.files import read_network
from peersim.networks.network import Network
from peersim.networks.settings import NetworkSettings
from tests.real_networks import DATA, needs_data

quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

NAMINGS = (str, lambda k: f"p{k}", lambda k: f"Åse {k}, née Ö", lambda k: "abcdefghij"[k], lambda k: f"0{k}")


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """A simple graph of two to ten people with at least one tie, named in one of several ways."""
    name = draw(st.sampled_from(NAMINGS))
    pairs = list(combinations(range(10), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=25, unique=True))
    graph = nx.Graph()
    graph.add_edges_from((name(i), name(j)) for i, j in chosen)
    return graph


def ties(network: Network) -> set[frozenset[str]]:
    """The ties by the names of their people."""
    ids = network.ids
    return {frozenset((ids[i], ids[j])) for i, j in zip(network.first, network.second, strict=True)}


def read(folder: Path, name: str, text: str | bytes, **choices: object) -> Network:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    return read_network(NetworkSettings(file=name, **choices), folder)


def same_ties(network: Network, graph: nx.Graph) -> bool:
    return ties(network) == {frozenset(tie) for tie in graph.edges}


def quoted(cell: str) -> str:
    return f'"{cell}"' if any(c in cell for c in " ,;") else cell


# The same ties, however written


@pytest.mark.parametrize("tie", ["a,b", "i,j", "p1,p2", "01,02", "a,b,1.0", "p1,p2,3"])
def test_one_tie_between_two_names_alike_is_a_tie(tmp_path, tie):
    """They could head two columns, but a file of a header only says nothing."""
    one, other, *_ = tie.split(",")
    assert ties(read(tmp_path, "ties.csv", tie)) == {frozenset((one, other))}


@pytest.mark.parametrize("separator", [",", "\t", ";", " ", "  ", ", "])
@pytest.mark.parametrize("header", ["", "source,target", "a,b", "From,To", "node_1,node_2", "who,whom"])
@settings(quick, max_examples=8)
@given(
    graph=graphs(), end=st.sampled_from(["\n", "\r\n"]), mark=st.sampled_from(["", "\ufeff"]), seed=st.integers(0, 99)
)
def test_an_edge_list_is_read_the_same_however_it_is_written(tmp_path, graph, separator, header, end, mark, seed):
    """Separator, header, comments, byte order mark, direction, order, loops and repetitions change no tie."""
    luck = random.Random(seed)
    people = list(graph)
    rows = [(i, j) if luck.random() < 0.5 else (j, i) for i, j in graph.edges]
    again = luck.choices(rows, k=luck.randrange(3))
    turned = [(j, i) for i, j in luck.sample(rows, 1)]
    loops = [(k, k) for k in luck.sample(people, luck.randrange(2))]
    rows = [*rows, *again, *turned, *loops]
    luck.shuffle(rows)
    lines = [separator.join(map(quoted, row)) for row in rows]
    lines.insert(luck.randrange(len(lines)), "# a comment, with; all separators")
    if header:
        lines.insert(0, separator.join(header.split(",")))
    if people[0].isalpha() and header in ("a,b", "who,whom"):
        choices = {"header": "yes"}  # nobody can tell `a,b` above letters from a tie
    else:
        choices = {"header": "yes"} if header == "who,whom" else {}
    network = read(tmp_path, "ties.csv", mark + end.join(lines) + end, **choices)
    assert same_ties(network, graph)
    assert network.counts["loops"] == len(loops)
    assert len(rows) == sum(network.counts[k] for k in ("ties", "loops", "duplicates", "mutual"))


WRITERS = {
    "net.graphml": nx.write_graphml,
    "net.gexf": nx.write_gexf,
    "net.gml": nx.write_gml,
    "net.net": nx.write_pajek,
    "net.edges": lambda graph, path: nx.write_weighted_edgelist(graph, path, delimiter="\t"),
    "net.txt": lambda graph, path: nx.write_edgelist(graph, path, delimiter="\t", data=False),
}
JSONS = {
    "links": lambda graph: nx.node_link_data(graph, edges="links"),
    "edges": lambda graph: nx.node_link_data(graph, edges="edges"),
    "adjacency": nx.adjacency_data,
    "lists": nx.to_dict_of_lists,
    "dicts": nx.to_dict_of_dicts,
}


@pytest.mark.parametrize("file", [*WRITERS, *JSONS])
@pytest.mark.parametrize("kind", ["", "di", "multi"])
@settings(quick, max_examples=8)
@given(graph=graphs(), seed=st.integers(0, 9))
def test_what_networkx_writes_is_read_back(tmp_path, graph, file, kind, seed):
    """Each format, undirected, directed or with repetitions, gives the ties that went in and the isolates."""
    luck = random.Random(seed)
    nx.set_edge_attributes(graph, 1.0, "weight")
    written = graph.copy()
    if kind == "di":
        written = nx.DiGraph()
        written.add_edges_from(((i, j) if luck.random() < 0.5 else (j, i) for i, j in graph.edges), weight=1.0)
    if kind == "multi":
        written = nx.MultiGraph(graph)
        written.add_edges_from(luck.choices(list(graph.edges), k=2), weight=1.0)
    keeps_isolates = file not in ("net.edges", "net.txt")
    if keeps_isolates:
        written.add_node("77")
    if file in WRITERS:
        WRITERS[file](written, tmp_path / file)
        network = read_network(NetworkSettings(file=file), tmp_path)
    elif kind == "multi" and file == "dicts":
        return  # writes the keys of a multigraph in between
    else:
        network = read(tmp_path, "net.json", json.dumps(JSONS[file](written)))
    assert same_ties(network, graph)
    assert network.counts["isolates"] == keeps_isolates
    if kind == "multi" and file in ("net.graphml", "net.gexf", "net.gml", "net.net", "links", "adjacency"):
        assert network.counts["duplicates"] == 2
    if not kind:
        arcs_both_ways = file in ("lists", "dicts")
        assert network.counts["duplicates"] == 0
        assert network.counts["mutual"] == arcs_both_ways * graph.number_of_edges()
    if kind == "di" and file in ("net.graphml", "net.gexf", "net.gml", "net.net", "links"):
        assert network.counts["directed"] == graph.number_of_edges()


@pytest.mark.parametrize("name", ["ties.csv.gz", "ties.csv"])
def test_a_packed_file_is_unpacked(tmp_path, name):
    assert len(read(tmp_path, name, gzip.compress(b"a,b\nanna,ben\n")).first) == 1


def test_a_python_list_of_networkx_is_read_without_running_it(tmp_path):
    """`a b {'weight': 2}` is what networkx writes by default."""
    network = read(tmp_path, "x.edgelist", "1 2 {}\n2 3 {}\n")
    assert ties(network) == {frozenset("12"), frozenset("23")}
    network = read(tmp_path, "x.edgelist", "1 2 {'weight': 2.0}\n2 3 {'kind': 'x', 'weight': 3}\n")
    assert network.strength.tolist() == [0.25, 0.75]


@pytest.mark.parametrize(
    ("text", "n_ties"),
    [
        ("a,b\nb,c\nc,a\n", 3),  # letters like the names below them are people
        ("a,b\n1,2\n", 1),
        ("p1,p2\np2,p3\n", 2),
        ("w,x\nx,y\n", 2),
        ("name,friend\nanna,ben\n", 1),
        ("who;whom\n1;2\n", 1),  # text above numbers
        ("anna,ben\n", 1),
        (",source,target\n0,7,8\n", 1),
        ("FromNodeId\tToNodeId\n1\t2\n", 1),
        ("source,target\n,\n1,2\n", 1),
        ("t,i,j\n20,1,2\n40,1,3\n", 2),
    ],
)
def test_a_header_is_told_from_a_tie(tmp_path, text, n_ties):
    assert len(read(tmp_path, "ties.csv", text).first) == n_ties


def test_a_separator_in_quotation_marks_parts_nothing(tmp_path):
    assert read(tmp_path, "a.txt", '"Roe, Anna" "Doe, Ben"\n').ids == ("Doe, Ben", "Roe, Anna")
    assert read(tmp_path, "a.csv", '"Roe; Anna","Doe\tBen"\n').n_people == 2


def test_a_first_row_that_may_be_a_header_is_told(tmp_path):
    assert "network.header" in read(tmp_path, "a.csv", "worker,boss\nanna,ben\nben,carl\n").summary
    assert "network.header" not in read(tmp_path, "a.csv", "anna,ben\nben,carl\ncarl,dora\n").summary
    assert len(read(tmp_path, "a.csv", "sep=;\nsource;target\nanna;ben\n").first) == 1


def test_numbers_are_ordered_as_numbers_and_text_naturally(tmp_path):
    assert read(tmp_path, "a.csv", "10,2\n9,10\n").ids == ("2", "9", "10")
    assert read(tmp_path, "a.csv", "p10,p2\nQ1,p10\n").ids == ("p2", "p10", "Q1")
    assert read(tmp_path, "a.csv", "source,target\n1.0,2.0\n2,3\n").ids == ("1", "2", "3")


def test_every_tie_stands_once_sorted_lower_number_first(tmp_path):
    network = read(tmp_path, "a.csv", "3,1\n2,1\n1,2\n3,2\n")
    assert network.first.tolist() == [0, 0, 1]
    assert network.second.tolist() == [1, 2, 2]
    assert network.first.dtype == network.second.dtype == np.int32


# Weights, kinds, waves


def test_strength_is_the_rank_of_the_added_weights(tmp_path):
    """Weights 3 = 1 + 2 (both directions), 3 and 9: two share ranks 1 and 2 of 3, the third has rank 3."""
    network = read(tmp_path, "a.csv", "a,b,weight\n1,2,1\n2,1,2\n1,3,3\n2,3,9\n3,4,0\n4,1,\n")
    assert network.strength == pytest.approx([1 / 3, 1 / 3, 5 / 6])
    assert network.counts["no_tie"] == 2
    assert network.counts["isolates"] == 1
    assert read(tmp_path, "a.csv", "1 2 5\n2 3 5\n").strength is None  # one weight for all ranks nothing
    assert read(tmp_path, "a.csv", "1;2;0,5\n2;3;1,5\n").strength.tolist() == [0.25, 0.75]
    assert read(tmp_path, "a.txt", "1 2 0,5\n2 3 1,5\n").strength.tolist() == [0.25, 0.75]


def test_strength_does_not_depend_on_the_order_of_rows(tmp_path):
    rows = [f"{i},{j},{w}" for i, j in combinations(range(5), 2) for w in (0.1, 0.2, 0.3, 1e9)]
    random.Random(1).shuffle(rows)
    one = read(tmp_path, "a.csv", "\n".join(rows)).strength
    assert one is None or np.array_equal(one, read(tmp_path, "a.csv", "\n".join(rows[::-1])).strength)


def test_couples_are_told_by_the_kind_of_tie(tmp_path):
    text = "from,to,Kind\n1,2,Spouse\n2,1,spouse\n3,1,friend\n3,4,HUSBAND\n"
    network = read(tmp_path, "a.csv", text)
    assert network.is_partner.tolist() == [True, False, True]
    assert read(tmp_path, "a.csv", "1,2\n").is_partner is None
    assert read(tmp_path, "a.csv", "Source,Target,Type\n1,2,Directed\n").is_partner is None


def test_one_wave_is_read(tmp_path):
    text = "wave,src,dst\n1,1,2\n2,2,3\n2,3,4\n"
    assert len(read(tmp_path, "a.csv", text, wave=2).first) == 2
    first = read(tmp_path, "a.csv", text, wave="1")
    assert (first.ids, first.counts["isolates"]) == (("1", "2", "3", "4"), 2)  # the same people in every wave
    assert read(tmp_path, "a.csv", text, wave="1", isolates="drop").ids == ("1", "2")
    with pytest.raises(NetworkError, match=r"1, 2; choose one with network.wave = 1"):
        read(tmp_path, "a.csv", text)
    with pytest.raises(NetworkError, match="which holds 1, 2"):
        read(tmp_path, "a.csv", text, wave=3)


# People


def test_people_of_the_table_without_a_tie_stay_unless_dropped(tmp_path):
    (tmp_path / "people.csv").write_text("name;age;dept;gender\nanna;30;x;F\nben;;y;M\ncarl;50;;nonbinary\n")
    network = read(tmp_path, "a.csv", "anna,ben\nben,dora\n", nodes="people.csv")
    assert network.ids == ("anna", "ben", "carl", "dora")
    assert network.counts["isolates"] == 1
    assert network.counts["unlisted"] == 1
    np.testing.assert_array_equal(network.attributes["age"], [0.25, np.nan, 0.75, np.nan])
    np.testing.assert_array_equal(network.attributes["group"], [0, 1, -1, -1])
    np.testing.assert_array_equal(network.attributes["sex"], [0, 1, np.nan, np.nan])
    dropped = read(tmp_path, "a.csv", "anna,ben\nben,dora\n", nodes="people.csv", isolates="drop")
    assert dropped.ids == ("anna", "ben", "dora")
    np.testing.assert_array_equal(dropped.attributes["age"], [0.5, np.nan, np.nan])


@pytest.mark.parametrize("file", ["a.graphml", "a.gexf", "a.gml", "a.net", "a.json"])
def test_attributes_and_couples_of_graph_files_are_used(tmp_path, file):
    graph = nx.Graph()
    for person, age, team in (("1", 20, "red"), ("2", 30, "red"), ("3", 40, "blue")):
        graph.add_node(person, age=str(age) if file == "a.net" else age, team=team)
    graph.add_edge("1", "2", weight=2.0, kind="partner")
    graph.add_edge("2", "3", weight=1.0, kind="friend")
    if file == "a.json":
        (tmp_path / file).write_text(json.dumps(nx.node_link_data(graph)))
    else:
        WRITERS[f"net{file[1:]}"](graph, tmp_path / file)
    network = read_network(NetworkSettings(file=file), tmp_path)
    np.testing.assert_allclose(network.attributes["age"], [1 / 6, 0.5, 5 / 6])
    np.testing.assert_array_equal(network.attributes["group"], [1, 1, 0])
    assert network.is_partner.tolist() == [True, False]
    assert network.strength.tolist() == [0.75, 0.25]


def test_nodes_numbered_from_nought_in_links_are_found(tmp_path):
    data = {"nodes": [{"name": "anna"}, {"name": "ben"}], "links": [{"source": 0, "target": 1}]}
    assert read(tmp_path, "a.json", json.dumps(data)).ids == ("anna", "ben")


def test_old_encodings_are_read(tmp_path):
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert read(tmp_path, "a.csv", "Åse,Zoë\n".encode(encoding)).ids == ("Zoë", "Åse")


def test_a_weight_left_out_of_gexf_is_one(tmp_path):
    graph = nx.Graph()
    graph.add_edge("1", "2", weight=2.0)
    graph.add_edge("2", "3")
    nx.write_gexf(graph, tmp_path / "a.gexf")
    network = read_network(NetworkSettings(file="a.gexf"), tmp_path)
    assert network.strength.tolist() == [0.75, 0.25]


# Pajek as Pajek writes it


def test_pajek_comments_lists_and_relations_are_no_ties(tmp_path):
    text = '*Vertices 4\n1 "Anna B"\n% c\n2 "Ben"\n*Arcs :1 "helps"\n1 2 3\n*Edgeslist\n2 3 4\n'
    network = read(tmp_path, "a.net", text)
    assert network.ids == ("3", "4", "Anna B", "Ben")
    assert ties(network) == {frozenset(("Anna B", "Ben")), frozenset(("Ben", "3")), frozenset(("Ben", "4"))}
    assert ties(read(tmp_path, "a.net", "*Vertices 2\n*Matrix\n0 1\n0 0\n")) == {frozenset("12")}


# Real networks


@needs_data
def test_an_office():
    one = read_network(NetworkSettings(file="invs15_edges.csv"), DATA)
    assert one.summary.startswith(
        "invs15_edges.csv: 217 people, 4,274 ties (0 loops, 0 duplicates, 0 mutual arcs merged, 0 isolates"
    )
    two = read_network(NetworkSettings(file="invs15_edges.csv", nodes="invs15_nodes.csv", weight="minutes"), DATA)
    assert (two.n_people, len(two.first), two.counts["isolates"]) == (232, 4274, 15)
    assert np.bincount(two.attributes["group"]).tolist() == [15, 2, 18, 33, 60, 34, 24, 7, 4, 17, 9, 9]
    assert 0 < two.strength.min() < two.strength.max() < 1


@needs_data
def test_a_school():
    friends = NetworkSettings(file="highschool2013_friendship_edges.csv", nodes="highschool2013_nodes.csv")
    network = read_network(friends, DATA)
    assert (network.n_people, len(network.first), network.counts["isolates"]) == (329, 406, 195)
    assert (network.counts["directed"], network.counts["mutual"]) == (668, 262)
    assert np.isnan(network.attributes["sex"]).sum() == 7
    few = read_network(friends.model_copy(update={"isolates": "drop"}), DATA)
    assert (few.n_people, len(few.first)) == (134, 406)
    untold = read_network(NetworkSettings(file="highschool2013_facebook_pairs.csv"), DATA)
    assert "if 0 means no tie, set network.weight = 'facebook'" in untold.summary
    facebook = read_network(NetworkSettings(file="highschool2013_facebook_pairs.csv", weight="facebook"), DATA)
    assert (facebook.n_people, len(facebook.first), facebook.counts["no_tie"]) == (156, 1437, 3078)


@needs_data
def test_girls_in_three_waves():
    with pytest.raises(NetworkError, match=r"1, 2, 3; choose one with network\.wave = 1"):
        read_network(NetworkSettings(file="s50_edges.csv"), DATA)
    waves = [read_network(NetworkSettings(file="s50_edges.csv", wave=w), DATA) for w in (1, 2, 3)]
    assert [len(one.first) for one in waves] == [74, 82, 77]
    assert [one.n_people for one in waves] == [48, 48, 48]  # two of the 50 never named anyone, nor were named
