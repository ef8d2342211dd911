// `discard` has to be the last statement: Mesa's software renderer hangs otherwise.
float shadow_bias() { return 0.003; }

void main() {
    color = vec4(in_light(surface(), normalize(world_normal)), 1.0);
    if (is_cut()) discard;
}
