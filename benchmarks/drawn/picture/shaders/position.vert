// Where a surface is; its looks do not matter.
uniform mat4 clip_from_world;
in vec3 position_m;

void main() { gl_Position = clip_from_world * vec4(position_m, 1.0); }
