/* The parts of decoding that its plain version and its version with vector instructions share. */

#ifndef VITRUVIAN_LANDMARKS_H
#define VITRUVIAN_LANDMARKS_H

/* Compute sigmoids with glibc's expf. */
void sigmoids_avx2(const float *x, int count, float *sigmoids);

#endif
