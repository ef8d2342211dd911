"""How a scene becomes an image: surfaces, light, camera and lens, drawn by OpenGL."""
