// How a surface looks in the light. Each material is a file that defines `surface()`, which says
// what it is made of at this point. Should a material ever `discard`, that has to be its last
// statement: Mesa's software renderer hangs otherwise.
uniform vec3 eye_m;
uniform vec3 towards_key, towards_dome;
uniform vec3 key_rgb, dome_rgb, ambient_rgb;
uniform mat4 key_from_world, dome_from_world;
uniform sampler2D key_shadows, dome_shadows, noise, image;
in vec3 world_position_m;
in vec3 world_normal;
in vec3 surface_position;
out vec4 color;

struct Surface {
    vec3 rgb;         // the part of the light that it reflects, linear
    vec3 glow;        // the light that comes from itself
    float gloss;      // how much of it like a mirror
    float sharpness;  // of the highlights
    float wrap;       // how far light goes around an edge, as it does in skin
};

const float SHADOW_BIAS = 0.003;

// One where light arrives, zero in the shadow. The map is read at a place that differs from pixel to
// pixel, so that a few exposures give a soft edge instead of steps.
float light_that_arrives(sampler2D shadows, mat4 light_from_world, vec3 normal) {
    vec3 point = (light_from_world * vec4(world_position_m + 0.006 * normal, 1.0)).xyz * 0.5 + 0.5;
    if (any(lessThan(point, vec3(0.0))) || any(greaterThan(point, vec3(1.0)))) return 1.0;
    vec2 spread = texture(noise, gl_FragCoord.xy / 64.0).xy - 0.5;
    float depth = texture(shadows, point.xy + 0.006 * spread).r;
    return depth < point.z - SHADOW_BIAS ? 0.0 : 1.0;
}

vec3 in_light(Surface s, vec3 normal) {
    vec3 to_eye = normalize(eye_m - world_position_m);
    if (dot(normal, to_eye) < 0.0) normal = -normal;
    float key = light_that_arrives(key_shadows, key_from_world, normal);
    float dome = light_that_arrives(dome_shadows, dome_from_world, normal);
    float facing = dot(normal, towards_key);
    vec3 arriving = key_rgb * key * max(0.0, (facing + s.wrap) / (1.0 + s.wrap))
                  + dome_rgb * dome * max(0.0, dot(normal, towards_dome))
                  + ambient_rgb * (0.8 + 0.2 * normal.y);
    vec3 halfway = normalize(towards_key + to_eye);
    float highlight = s.gloss * pow(max(dot(normal, halfway), 0.0), s.sharpness) * max(facing, 0.0);
    float rim = s.gloss * pow(1.0 - max(dot(normal, to_eye), 0.0), 4.0);
    return s.glow + s.rgb * arriving + key_rgb * key * highlight + dome_rgb * 0.5 * rim;
}

Surface surface();

void main() { color = vec4(in_light(surface(), normalize(world_normal)), 1.0); }
