// Hair: strands that run down from the crown.
uniform vec3 hair_rgb, crown_m;

Surface surface() {
    vec3 from_crown = surface_position - crown_m;
    float around = atan(from_crown.x, from_crown.z);
    vec3 strands = texture(noise, vec2(around * 2.5, from_crown.y * 0.4)).rgb;
    float shade = 0.45 + 0.9 * strands.g + 0.5 * (strands.r - 0.5);
    return Surface(hair_rgb * shade, vec3(0.0), 0.10, 12.0, 0.2);
}
