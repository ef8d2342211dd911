// Cloth, dyed or with a pattern, woven of threads.
uniform vec3 tint;
uniform float patterned, pattern_m;

Surface surface() {
    float weave = texture(noise, surface_position.xy * 5.0 + surface_position.z * 3.0).r;
    float fold = texture(noise, surface_position.xy * 0.8 + surface_position.z).b;
    vec3 print = texture(image, surface_position.xy / pattern_m).rgb;
    vec3 rgb = mix(tint, print * print, patterned) * (0.75 + 0.2 * weave + 0.3 * fold);
    return Surface(rgb, vec3(0.0), 0.015, 8.0, 0.1);
}
