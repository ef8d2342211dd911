// The depth alone.
void main() {}
