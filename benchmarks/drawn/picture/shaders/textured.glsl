// Walls, floors and things: a texture and a colour that it is multiplied with.
uniform vec3 tint;
uniform float gloss;

Surface surface() {
    vec3 rgb = texture(image, surface_position.xy).rgb;
    return Surface(rgb * rgb * tint, vec3(0.0), gloss, 30.0, 0.0);
}
