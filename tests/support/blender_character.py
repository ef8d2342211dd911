"""Makes and judges a character of Blender with Mixamo's names: blender_character.py make|compare.

"make" writes character.fbx, with the bones of dance_bvh/dance_person1.bvh, which are longer, are
rolled about themselves, and hang on an object that is turned and scaled, as those of Mixamo do.
"compare" says whether the bones of dance.fbx are rotated as those of the dancer.
"""

from __future__ import annotations

import sys
from math import degrees, pi

import bpy
from mathutils import Quaternion, Vector

SIZE = 1.2
DANCE = "dance_bvh/dance_person1.bvh"


def load_dancer() -> bpy.types.Object:
    """Import the dancer."""
    bpy.ops.import_anim.bvh(filepath=DANCE, global_scale=0.01, update_scene_fps=True)
    return bpy.context.object


def make() -> None:
    """Write the character, with a cube as its body."""
    dancer = load_dancer()
    bones = bpy.data.armatures.new("character")
    character = bpy.data.objects.new("Armature", bones)
    bpy.context.collection.objects.link(character)
    character.rotation_euler, character.scale = (pi / 2, 0, 0), (0.01, 0.01, 0.01)
    bpy.context.view_layer.objects.active = character
    bpy.context.view_layer.update()
    character_from_room = character.matrix_world.inverted()
    bpy.ops.object.mode_set(mode="EDIT")
    for number, known in enumerate(dancer.data.bones):
        bone = bones.edit_bones.new(known.name)
        ends = (known.head_local, known.tail_local)
        bone.head, bone.tail = (
            character_from_room @ (SIZE * end + Vector((0, 0, 1))) for end in ends
        )
        bone.roll = number % 7 - 3
        bone.parent = bones.edit_bones[known.parent.name] if known.parent else None
    bpy.ops.object.mode_set(mode="OBJECT")
    bpy.ops.mesh.primitive_cube_add(size=0.2, location=(0, 0, 1))
    body = bpy.context.object
    body.parent, body.matrix_parent_inverse = character, character_from_room
    body.modifiers.new("skin", "ARMATURE").object = character
    body.vertex_groups.new(name="mixamorig:Hips").add(range(8), 1.0, "REPLACE")
    bpy.data.objects.remove(dancer)
    bpy.ops.export_scene.fbx(filepath="character.fbx", add_leaf_bones=False, bake_anim=False)


def turns(armature: bpy.types.Object) -> dict[str, Quaternion]:
    """Return by how much each bone is rotated in the room, beside its rest pose."""
    in_room = armature.matrix_world.to_quaternion()
    return {
        bone.name: in_room
        @ bone.matrix.to_quaternion()
        @ bone.bone.matrix_local.to_quaternion().inverted()
        @ in_room.inverted()
        for bone in armature.pose.bones
    }


def compare() -> None:
    """Compare all bones in some frames."""
    dancer = load_dancer()
    bpy.ops.import_scene.fbx(filepath="dance.fbx", anim_offset=0)
    character = next(each for each in bpy.context.selected_objects if each.type == "ARMATURE")
    for frame in (1, 17, 33, 60):
        bpy.context.scene.frame_set(frame)
        expected, found = turns(dancer), turns(character)
        assert expected.keys() == found.keys()
        for name, turn in expected.items():
            off = degrees(turn.rotation_difference(found[name]).angle)
            assert min(off, 360 - off) < 1, (frame, name, off)


bpy.ops.wm.read_factory_settings(use_empty=True)
{"make": make, "compare": compare}[sys.argv[1]]()
