in vec3 surface_position;
