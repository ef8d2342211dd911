// Adds one exposure to the image.
uniform sampler2D exposure;
uniform float weight;
out vec4 color;

void main() {
    color = weight * texelFetch(exposure, ivec2(gl_FragCoord.xy), 0);
}
