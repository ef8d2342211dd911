/* Which vector instructions are used: AVX2 with FMA, NEON, or none. */

#include "native.h"

static int vectors;

#if defined(HAS_AVX2_CODE)

#include <cpuid.h>

/* Ask the processor, as the compiler that ziglang brings has no working __builtin_cpu_supports. */
static int has_vectors(void)
{
    const unsigned needed = bit_AVX | bit_FMA | bit_OSXSAVE, saved = 6; /* whole vectors */
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || (ecx & needed) != needed)
        return 0;
    __asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0)); /* what the system saves of each thread */
    if ((eax & saved) != saved)
        return 0;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & bit_AVX2);
}

#elif defined(HAS_NEON_CODE)

static int has_vectors(void)
{
    return 1; /* as every processor of this kind */
}

#else

static int has_vectors(void)
{
    return 0;
}

#endif

__attribute__((constructor)) static void when_loaded(void)
{
    vectors = has_vectors();
}

/* Turn vector instructions off (0) or on (1): only for tests, which compare both ways. */
void allow_vectors(int allowed)
{
    vectors = allowed && has_vectors();
}

int uses_vectors(void)
{
    return vectors;
}

/* Return how the library computes on this machine, in words. */
const char *instructions(void)
{
#if defined(HAS_AVX2_CODE)
    if (vectors)
        return "AVX2";
#elif defined(HAS_NEON_CODE)
    if (vectors)
        return "NEON";
#endif
    return "plain C";
}
