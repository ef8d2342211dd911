/* What the files of the library share. Functions that Python calls are declared in library.py. */

#ifndef VITRUVIAN_NATIVE_H
#define VITRUVIAN_NATIVE_H

#if defined(__x86_64__)
#define HAS_AVX2_CODE
#elif defined(__aarch64__)
#define HAS_NEON_CODE
#endif

/* Whether vector instructions are used: the processor has them, and no test has turned them off. */
int uses_vectors(void);

#endif
