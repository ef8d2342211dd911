uniform float sleeve_m;
bool is_cut() { return abs(surface_position.x) > sleeve_m && surface_position.y > 0.9; }
