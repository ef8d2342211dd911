// Shadow maps need only the depth, and where the surface is, in case it is cut.
uniform mat4 clip_from_world;
in vec3 position_m;
in vec3 on_surface;
out vec3 surface_position;

void main() {
    surface_position = on_surface;
    gl_Position = clip_from_world * vec4(position_m, 1.0);
}
