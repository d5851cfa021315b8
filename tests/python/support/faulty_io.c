/* Preloaded into a test's child: makes system calls on HDF5 files fail.
 *
 * fault_arm(kind, error, first, last): calls number first to last (from 1, counted from now on) of
 * a kind fail with that errno. fault_order() tells which calls were made since fault_forget(), a
 * letter for each: w for writing and truncating, s for syncing a file, d for syncing a folder, r
 * for giving a file another name. FAULT_FLOCK=<errno> in the environment makes all locking fail. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* CHANGE: writing and truncating. NAME: renaming and linking. */
enum { CHANGE, READ, SYNC, NAME, KINDS };

static struct {
    int error;
    long first, last, count, hit;
} faults[KINDS];

void fault_arm(int kind, int error, long first, long last) {
    faults[kind].error = error;
    faults[kind].first = first;
    faults[kind].last = last;
    faults[kind].count = faults[kind].hit = 0;
}

long fault_calls(int kind) { return faults[kind].count; }
long fault_hits(int kind) { return faults[kind].hit; }

static char order[1 << 16];
static size_t ordered;

const char* fault_order(void) { return order; }
void fault_forget(void) { order[ordered = 0] = 0; }

static void note(char call) {
    if (ordered + 1 < sizeof order) {
        order[ordered++] = call;
        order[ordered] = 0;
    }
}

static int fails(int kind) {
    long n = ++faults[kind].count;
    if (faults[kind].error == 0 || n < faults[kind].first || n > faults[kind].last) {
        return 0;
    }
    ++faults[kind].hit;
    errno = faults[kind].error;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int changing_fails(void) {
    note('w');
    return fails(CHANGE);
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
    return changing_fails() ? -1 : NEXT(pwrite)(fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
    return changing_fails() ? -1 : NEXT(pwrite64)(fd, data, size, offset);
}
ssize_t pread(int fd, void* data, size_t size, off_t offset) {
    return fails(READ) ? -1 : NEXT(pread)(fd, data, size, offset);
}
ssize_t pread64(int fd, void* data, size_t size, off64_t offset) {
    return fails(READ) ? -1 : NEXT(pread64)(fd, data, size, offset);
}
int ftruncate(int fd, off_t size) { return changing_fails() ? -1 : NEXT(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) {
    return changing_fails() ? -1 : NEXT(ftruncate64)(fd, size);
}

/* Reserving space is refused where the next change fails. It is no change, so it does not count. */
int fallocate(int fd, int mode, off_t offset, off_t size) {
    long next = faults[CHANGE].count + 1;
    if (faults[CHANGE].error != 0 && next >= faults[CHANGE].first && next <= faults[CHANGE].last) {
        errno = faults[CHANGE].error;
        return -1;
    }
    return NEXT(fallocate)(fd, mode, offset, size);
}

int fsync(int fd) {
    struct stat found;
    note(fstat(fd, &found) == 0 && S_ISDIR(found.st_mode) ? 'd' : 's');
    return fails(SYNC) ? -1 : NEXT(fsync)(fd);
}
int rename(const char* from, const char* to) {
    note('r');
    return fails(NAME) ? -1 : NEXT(rename)(from, to);
}
int link(const char* from, const char* to) {
    note('r');
    return fails(NAME) ? -1 : NEXT(link)(from, to);
}

int flock(int fd, int operation) {
    const char* error = getenv("FAULT_FLOCK");
    if (error != NULL) {
        errno = atoi(error);
        return -1;
    }
    return ((int (*)(int, int))dlsym(RTLD_NEXT, "flock"))(fd, operation);
}
