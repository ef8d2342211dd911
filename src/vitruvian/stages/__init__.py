"""The stages of one frame, in order: detector, region, landmarker, smoothing."""
