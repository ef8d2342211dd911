/* One more thread, which helps with jobs that consist of rows.

   Both threads take a few rows at a time until none are left, so that a helper that wakes up late,
   or not at all after a fork, never delays a job. */

#define _GNU_SOURCE /* for sched_getaffinity */

#include "helper.h"

#ifdef _WIN32

void share_rows(DoRows *do_rows, const void *job, int rows)
{
    do_rows(job, 0, rows);
}

#else

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

enum { ROWS_AT_A_TIME = 16 };

/* Held by the caller whose job is shared. */
static pthread_mutex_t use = PTHREAD_MUTEX_INITIALIZER;

/* What follows is changed with `mutex` held, except for `next_row`. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_begun = PTHREAD_COND_INITIALIZER, has_helped = PTHREAD_COND_INITIALIZER;
static DoRows *do_rows_of_job;
static const void *job_at_hand;
static int row_count;
static atomic_int next_row;
static int is_helping;

static int is_running; /* with `use` held: 1 if the helper runs, -1 if it cannot */

static void do_what_is_left(void)
{
    int first;
    while ((first = atomic_fetch_add(&next_row, ROWS_AT_A_TIME)) < row_count) {
        int end = first + ROWS_AT_A_TIME;
        do_rows_of_job(job_at_hand, first, end < row_count ? end : row_count);
    }
}

static void *help(void *unused)
{
    pthread_mutex_lock(&mutex);
    for (;;) {
        while (atomic_load(&next_row) >= row_count)
            pthread_cond_wait(&has_begun, &mutex);
        is_helping = 1;
        pthread_mutex_unlock(&mutex);
        do_what_is_left();
        pthread_mutex_lock(&mutex);
        is_helping = 0;
        pthread_cond_signal(&has_helped);
    }
    return unused;
}

/* A forked process has no helper, and locks that nobody will open. */
static void begin_again(void)
{
    pthread_mutex_init(&use, 0);
    pthread_mutex_init(&mutex, 0);
    pthread_cond_init(&has_begun, 0);
    pthread_cond_init(&has_helped, 0);
    row_count = is_helping = is_running = 0;
}

static int has_second_core(void)
{
#ifdef __linux__
    cpu_set_t cores;
    return sched_getaffinity(0, sizeof cores, &cores) || CPU_COUNT(&cores) > 1;
#else
    return sysconf(_SC_NPROCESSORS_ONLN) > 1;
#endif
}

static int start(void)
{
    static int watches_forks;
    pthread_t thread;
    if (!has_second_core())
        return -1;
    if (!watches_forks && pthread_atfork(0, 0, begin_again))
        return -1;
    watches_forks = 1;
    if (pthread_create(&thread, 0, help, 0))
        return -1;
    pthread_detach(thread);
    return 1;
}

void share_rows(DoRows *do_rows, const void *job, int rows)
{
    if (rows <= ROWS_AT_A_TIME || pthread_mutex_trylock(&use)) {
        do_rows(job, 0, rows);
        return;
    }
    if (!is_running)
        is_running = start();
    pthread_mutex_lock(&mutex);
    do_rows_of_job = do_rows;
    job_at_hand = job;
    row_count = rows;
    atomic_store(&next_row, 0);
    pthread_cond_signal(&has_begun);
    pthread_mutex_unlock(&mutex);
    do_what_is_left();
    pthread_mutex_lock(&mutex);
    while (is_helping)
        pthread_cond_wait(&has_helped, &mutex);
    pthread_mutex_unlock(&mutex);
    pthread_mutex_unlock(&use);
}

#endif
