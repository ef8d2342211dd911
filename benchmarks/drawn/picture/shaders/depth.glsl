// The depth alone.

void main() {
    if (is_cut()) discard;
}
