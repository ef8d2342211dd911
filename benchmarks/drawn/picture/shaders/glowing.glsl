// The sky, and what shines by itself: as bright as its texture, whatever light falls on it.
Surface surface() {
    vec3 rgb = texture(image, surface_position.xy).rgb;
    return Surface(vec3(0.0), rgb * rgb, 0.0, 1.0, 0.0);
}
