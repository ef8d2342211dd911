uniform mat4 clip_from_world;
in vec3 position_m;
in vec3 normal;
in vec3 on_surface;
out vec3 world_position_m;
out vec3 world_normal;
out vec3 surface_position;

void main() {
    world_position_m = position_m;
    world_normal = normal;
    surface_position = on_surface;
    gl_Position = clip_from_world * vec4(position_m, 1.0);
}
