"""Whatever is wrong with a network file is told in one sentence that names it; nothing is read by halves."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peersim.networks.errors import NetworkError
from peersim.networks.files import read_network
from peersim.networks.network import Network
from peersim.networks.settings import NetworkSettings


def read(folder: Path, name: str, text: str | bytes) -> Network:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_network(NetworkSettings(file=name), folder)


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>'
FAULTS = {
    "empty.csv": ("", "empty"),
    "comments.csv": ("# nothing\n", "no rows"),
    "header.csv": ("source,target\n", "no ties below"),
    "binary.csv": (b"\x89PNG\r\n\x1a\n\0\0\0", "no text"),
    "book.csv": (b"PK\x03\x04....", "save the sheet as CSV"),
    "broken.csv.gz": (gzip.compress(b"1,2\n" * 99)[:-9], "ends too early"),
    "damaged.csv.gz": (b"\x1f\x8b\x08nonsense that is no gzip", "damaged"),
    "one.csv": ("anna\nben\n", r"one.csv:1: one column"),
    "some.csv": ("source,target\n1,2\n\n3\n", r"some.csv:4: one person only"),
    "blank.csv": ("source,target\n1,2\n3,\n", r"blank.csv:3: one person only"),
    "wide.csv": ("1,2\n3,4\n5,6,7\n", r"wide.csv:3: 3 columns"),
    "adjacency.txt": ("a b c d\nb c\n", r"adjacency.txt:2: 2 columns"),
    "quote.csv": ('a,b\nanna,"ben\ncarl,dora\n', "quotation mark"),
    "negative.csv": ("a,b,weight\n# note\n1,2,1\n1,3,-2\n", r"negative.csv:4: weight = '-2'"),
    "word.csv": ("a,b,weight\n1,2,1\n1,3,much\n", r"word.csv:3: weight = 'much'"),
    "endless.csv": ("a,b,weight\n1,2,inf\n", r"endless.csv:2: weight = 'inf'"),
    "third.txt": ("1 2 3\n1 3 x\n", r"third.txt:2: 3 = 'x'"),
    "noughts.csv": ("a,b,weight\n1,2,0\n", "no ties are found"),
    "loops.csv": ("1,1\n2,2\n", "2 name one person twice"),
    "two.csv": ("a,b,kind\n1,2,spouse\n1,3,spouse\n", "'1' is in 2 couples, with '2' and '3'"),
    "people.csv": ("id,age\n1,30\n", "network.nodes"),
    "same.csv": ("a,a\n1,2\n", "two columns"),
    "matrix.csv": ("0,1,0,1\n1,0,1,0\n0,1,0,1\n1,0,1,0\n", "matrix"),
    "labels.csv": (",x,y,z\nx,0,1,0\ny,1,0,0\nz,0,0,0\n", "matrix"),
    "bomb.graphml": (BOMB, "DOCTYPE"),
    "bomb.gexf": (BOMB.replace("graphml", "gexf"), "DOCTYPE"),
    "half.graphml": ("<graphml><graph>", "well-formed"),
    "other.graphml": ("<html></html>", "GraphML"),
    "end.graphml": (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><edge source="1"/></graph></graphml>',
        "lacks a source or a target",
    ),
    "void.graphml": (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="1"/></graph></graphml>',
        "no ties are found",
    ),
    "xml.csv": ("<?xml version='1.0'?><graphml/>", "XML"),
    "junk.gml": ("graph [ node [ id 1 ", "GML"),
    "junk.net": ("this is not Pajek\n", r"junk.net:1: a Pajek file starts with"),
    "stranger.net": ("*Vertices 2\n1 a\n2 b\n*Edges\n1 3\n", r"stranger.net:5: '3' is no vertex"),
    "relation.net": ("*Vertices 2\n*Arcs\n1\n", r"relation.net:3: one person only"),
    "unknown.net": ("*Vertices 2\n*Threes\n1 2\n", r"unknown.net:2: unknown section"),
    "half.json": ('{"a": ["b"', "no JSON"),
    "number.json": ("7", "JSON holds a int"),
    "shape.json": ('{"a": 7}', "not a list of friends"),
    "twice.json": ('{"a": ["b"], "a": ["c"]}', "written twice"),
    "deep.json": ('{"a":' + "[" * 100_000, "JSON"),
    "ids.json": ('{"a": [["b"]]}', "cannot be a person"),
    "link.json": ('{"nodes": [{"id": 1}], "links": [{"source": 1}]}', "link 1 lacks"),
}


@pytest.mark.parametrize("file", FAULTS)
def test_a_fault_is_told_in_a_sentence_that_names_the_file(tmp_path, file):
    text, said = FAULTS[file]
    with pytest.raises(NetworkError, match=said) as caught:
        read(tmp_path, file, text)
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"file": "none.csv"}, "no such file"),
        ({"file": "."}, "a folder"),
        ({}, "network.file is empty"),
        ({"file": "ties.csv", "weight": "minuts"}, "did you mean 'minutes'"),
        ({"file": "ties.csv", "kind_column": "sort"}, "network.kind_column = 'sort'"),
        ({"file": "ties.csv", "wave_column": "year"}, "network.wave_column = 'year'"),
        ({"file": "ties.csv", "nodes": "strangers.csv"}, "none of its 1 people"),
        ({"file": "ties.csv", "nodes": "twice.csv"}, "twice.csv:3: '1' is listed twice"),
        ({"file": "ties.csv", "nodes": "bare.csv"}, "no header"),
        ({"file": "ties.csv", "nodes": "ages.csv"}, "ages.csv:2: age = 'old'"),
        ({"file": "ties.csv", "nodes": "sexes.csv"}, "1, 2, 9; write F and M"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(tmp_path, choices, said):
    (tmp_path / "ties.csv").write_text("source,target,minutes\n1,2,3\n2,3,4\n")
    (tmp_path / "strangers.csv").write_text("id\nzoe\n")
    (tmp_path / "twice.csv").write_text("id,age\n1,30\n1,31\n")
    (tmp_path / "bare.csv").write_text("1,30\n2,40\n")
    (tmp_path / "ages.csv").write_text("id,age\n1,old\n")
    (tmp_path / "sexes.csv").write_text("id,sex\n1,1\n2,2\n3,9\n")
    with pytest.raises(NetworkError, match=said):
        read_network(NetworkSettings(**choices), tmp_path)


PIECES = st.one_of(
    st.sampled_from('ab12 \n\t\x00,;"#-[]{}:0é%'),
    st.sampled_from(("*Vertices 2", "*Edges", "graph", "node", "edge", "id", "label", "source", "target")),
    st.sampled_from(("<graphml>", "</graphml>", "<graph>", '<edge source="1" target="2"/>', "<gexf>")),
    st.sampled_from(("weight", "kind", "spouse", "nodes", "links", "null", "1e999")),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ending=st.sampled_from(["csv", "tsv", "txt", "graphml", "gexf", "gml", "net", "json", "csv.gz"]),
    junk=st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=30).map(lambda p: "".join(p).encode())),
    as_people=st.booleans(),
)
def test_whatever_a_file_holds_it_is_a_network_or_a_sentence(tmp_path, ending, junk, as_people):
    (tmp_path / "ties.csv").write_text("1,2\n")
    (tmp_path / f"junk.{ending}").write_bytes(junk)
    choices = {"file": "ties.csv", "nodes": f"junk.{ending}"} if as_people else {"file": f"junk.{ending}"}
    try:
        network = read_network(NetworkSettings(**choices), tmp_path)
    except NetworkError as error:
        assert ": " in str(error)
    else:
        assert (network.first < network.second).all()
        assert len(network.first) > 0


def test_a_packed_file_may_not_unpack_to_more_than_the_memory_holds(tmp_path, monkeypatch):
    monkeypatch.setattr("peersim.networks.opening.MOST_BYTES", 1_000)
    with pytest.raises(NetworkError, match="unpacked"):
        read(tmp_path, "bomb.csv.gz", gzip.compress(b"1,2\n" * 1_000_000))
    with pytest.raises(NetworkError, match="GB"):
        read(tmp_path, "large.csv", b"1,2\n" * 1_000)
