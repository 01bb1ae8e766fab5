/* Kills the process at its Nth call that changes a file, or lets that call fail. Loaded before the C library (LD_PRELOAD).
 *
 * FAULT_AT   which call, from 1; without it none
 * FAULT      "kill", or the number of an error (28 is ENOSPC, 5 EIO, 4 EINTR)
 * FAULT_LOG  a file that gets the number of calls at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;

/* Whether this call is to fail; errno says how. */
static int fails(void) {
    static long at = -1;
    if (at < 0) {
        const char *text = getenv("FAULT_AT");
        at = text ? atol(text) : 0;
    }
    if (atomic_fetch_add(&calls, 1) + 1 != at) return 0;
    const char *fault = getenv("FAULT");
    if (!fault || !strcmp(fault, "kill")) kill(getpid(), SIGKILL);
    errno = atoi(fault);
    return 1;
}

static int is_file(int fd) {
    struct stat there;
    return fd > 2 && syscall(SYS_fstat, fd, &there) == 0 && S_ISREG(there.st_mode);
}

__attribute__((destructor)) static void report(void) {
    const char *log = getenv("FAULT_LOG");
    if (!log) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld", atomic_load(&calls));
    int fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    syscall(SYS_write, fd, text, length);
    syscall(SYS_close, fd);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n) {
    if (is_file(fd) && fails()) return -1;
    return REAL(write)(fd, bytes, n);
}

int fsync(int fd) { return fails() ? -1 : REAL(fsync)(fd); }
int rename(const char *from, const char *to) { return fails() ? -1 : REAL(rename)(from, to); }
int unlink(const char *path) { return fails() ? -1 : REAL(unlink)(path); }
int unlinkat(int at, const char *path, int how) { return fails() ? -1 : REAL(unlinkat)(at, path, how); }
int rmdir(const char *path) { return fails() ? -1 : REAL(rmdir)(path); }
int mkdir(const char *path, mode_t mode) { return fails() ? -1 : REAL(mkdir)(path, mode); }
int fchmod(int fd, mode_t mode) { return fails() ? -1 : REAL(fchmod)(fd, mode); }

static mode_t mode_of(int how, va_list rest) { return how & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

int open64(const char *path, int how, ...) {
    va_list rest;
    va_start(rest, how);
    mode_t mode = mode_of(how, rest);
    va_end(rest);
    if (how & O_CREAT && fails()) return -1;
    return REAL(open64)(path, how, mode);
}

int open(const char *path, int how, ...) {
    va_list rest;
    va_start(rest, how);
    mode_t mode = mode_of(how, rest);
    va_end(rest);
    if (how & O_CREAT && fails()) return -1;
    return REAL(open)(path, how, mode);
}
