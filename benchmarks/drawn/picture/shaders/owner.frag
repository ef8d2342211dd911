// Who is seen: the number of the person.
uniform float owner;
out float seen;

void main() { seen = owner; }
