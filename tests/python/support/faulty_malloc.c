/* Preloaded into a test's child: lets threads other than the first one run out of memory.
 *
 * malloc_arm(least, first, last): of their allocations of `least` bytes or more, number first to last
 * fail (from 1, counted from now on). */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void* __libc_malloc(size_t size);
extern void* __libc_memalign(size_t alignment, size_t size);

static volatile size_t smallest = (size_t)-1;
static volatile long first, last;
static long count, failed;

void malloc_arm(size_t least, long from, long to) {
    first = from;
    last = to;
    count = failed = 0;
    smallest = least;
}

long malloc_failures(void) { return failed; }

static int fails(size_t size) {
    if (size < smallest || syscall(SYS_gettid) == getpid()) {
        return 0;
    }
    const long n = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (n < first || n > last) {
        return 0;
    }
    __atomic_add_fetch(&failed, 1, __ATOMIC_SEQ_CST);
    errno = ENOMEM;
    return 1;
}

void* malloc(size_t size) { return fails(size) ? NULL : __libc_malloc(size); }
int posix_memalign(void** result, size_t alignment, size_t size) {
    if (fails(size)) {
        return ENOMEM;
    }
    *result = __libc_memalign(alignment, size);
    return *result == NULL ? ENOMEM : 0;
}
void* aligned_alloc(size_t alignment, size_t size) {
    return fails(size) ? NULL : __libc_memalign(alignment, size);
}
