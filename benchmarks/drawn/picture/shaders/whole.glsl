// Nothing of the mesh is cut off.
bool is_cut() { return false; }
