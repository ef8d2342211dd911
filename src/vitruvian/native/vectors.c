/* Which vector instructions are used: AVX2 with FMA, NEON, or none. */

#include "native.h"

static int allowed = 1;

static int available(void)
{
#if defined(HAS_AVX2_CODE)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#elif defined(HAS_NEON_CODE)
    return 1; /* every processor of 64 bits has it */
#else
    return 0;
#endif
}

int uses_vectors(void)
{
    return allowed && available();
}

/* Turn vector instructions off (0) or on (1): only for tests, which compare both ways. */
void allow_vectors(int value)
{
    allowed = value;
}

/* Return how the library computes on this machine, in words. */
const char *instructions(void)
{
#if defined(HAS_AVX2_CODE)
    if (uses_vectors())
        return "AVX2";
#elif defined(HAS_NEON_CODE)
    if (uses_vectors())
        return "NEON";
#endif
    return "plain C";
}
