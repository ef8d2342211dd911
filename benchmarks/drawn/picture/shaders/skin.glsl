// Skin and the face, painted at rest. Eyes and mouth are where the landmarks of the body are.
uniform vec3 skin_rgb, brow_rgb, lip_rgb;
uniform vec3 left_eye_m, right_eye_m, mouth_m;
uniform float mouth_width_m, stubble;

const float EYE_M = 0.03;  // the width of an opened eye, which hardly differs between adults

float ellipse(vec2 from_center, vec2 radii) {
    return 1.0 - smoothstep(0.85, 1.15, length(from_center / radii));
}

vec3 with_eye(vec3 rgb, vec3 eye_m, float outwards) {
    vec2 from_eye = (surface_position.xy - eye_m.xy) / EYE_M * vec2(outwards, 1.0);
    rgb *= 1.0 - 0.25 * ellipse(from_eye, vec2(0.9, 0.6));
    float lashes = ellipse(from_eye - vec2(0.0, 0.06), vec2(0.62, 0.36)) * step(-0.05, from_eye.y);
    rgb = mix(rgb, vec3(0.02), 0.8 * lashes);
    float arch = 0.72 - 0.4 * (from_eye.x - 0.12) * (from_eye.x - 0.12);
    float thickness = 0.13 * (1.0 - smoothstep(0.3, 0.85, abs(from_eye.x - 0.05)));
    float brow = 1.0 - smoothstep(0.6 * thickness, thickness + 0.04, abs(from_eye.y - arch));
    return mix(rgb, brow_rgb, 0.8 * brow * step(abs(from_eye.x - 0.05), 0.8));
}

vec3 with_face(vec3 rgb) {
    // The face is what lies before the eyes, and not the back of the head.
    float in_front = smoothstep(-0.045, -0.03, surface_position.z - left_eye_m.z);
    vec3 face = with_eye(with_eye(rgb, left_eye_m, 1.0), right_eye_m, -1.0);
    vec2 from_mouth = surface_position.xy - mouth_m.xy;
    float lips = ellipse(from_mouth, vec2(0.52 * mouth_width_m, 0.011));
    face = mix(face, lip_rgb, 0.75 * lips);
    float slit = ellipse(from_mouth, vec2(0.45 * mouth_width_m, 0.0018));
    face = mix(face, 0.25 * lip_rgb, slit);
    vec2 cheek = vec2(abs(from_mouth.x) - 0.04, from_mouth.y - 0.03);
    face.gb *= 1.0 - 0.14 * ellipse(cheek, vec2(0.03, 0.025));
    float jaw = ellipse(from_mouth + vec2(0.0, 0.008), vec2(0.06, 0.045)) * (1.0 - lips);
    face *= 1.0 - stubble * jaw * (0.6 + texture(noise, surface_position.xy * 40.0).r);
    return mix(rgb, face, in_front);
}

Surface surface() {
    vec3 mottled = texture(noise, surface_position.xy * 3.0 + surface_position.z).rgb - 0.5;
    vec3 rgb = skin_rgb * (1.0 + 0.25 * mottled.b + 0.12 * mottled.g);
    rgb.r *= 1.0 + 0.1 * mottled.b;
    return Surface(with_face(rgb), vec3(0.0), 0.06, 16.0, 0.35);
}
