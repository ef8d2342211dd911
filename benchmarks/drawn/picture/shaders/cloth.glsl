uniform vec3 top_rgb;
Surface surface() {
    return Surface(top_rgb, vec3(0.0), 0.02, 10.0, 0.1);
}
