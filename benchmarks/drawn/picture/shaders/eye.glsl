// An eye: white, iris and pupil around its foremost point.
uniform vec3 pupil_m, iris_rgb;

Surface surface() {
    float radius_m = length(surface_position.xy - pupil_m.xy);
    vec3 rgb = mix(iris_rgb, vec3(0.72, 0.69, 0.67), smoothstep(0.0054, 0.0062, radius_m));
    rgb *= smoothstep(0.0020, 0.0026, radius_m);
    return Surface(rgb, vec3(0.0), 0.4, 90.0, 0.2);
}
