/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Being ended by a signal. A command that leaves nothing behind is not in the way: the
   signal ends it at once, whatever it does. Of one that has files under names of its
   own, a thread removes them first, while the others do what they do; only where the
   work itself must come to an end (gnuplot runs) it looks at cli_stop. */
#include "cli/cli.h"

#include "core/array.h"

#include <pthread.h>
#include <semaphore.h>

volatile sig_atomic_t cli_stop = 0;

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
static sem_t wake, waiting;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t thread;
static bool caught, running;
static void (*undo)(void *what);
static void *undone;

void cli_ignore_signals(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is an error to report, not a death */
}

static void on_signal(int number)
{
    cli_stop = number;
    sem_post(&wake);
}

void cli_catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    struct sigaction now;
    sem_init(&wake, 0, 0);
    sem_init(&waiting, 0, 0);
    caught = true;
    for (size_t i = 0; i < RIFT_COUNT_OF(ending); i++) {
        /* what nohup and the like told to ignore stays ignored */
        if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) {
            sigaction(ending[i], &action, NULL);
        }
    }
}

void cli_leave_signals(void)
{
    struct sigaction now;
    for (size_t i = 0; i < RIFT_COUNT_OF(ending); i++) {
        if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler == on_signal) {
            signal(ending[i], SIG_DFL);
        }
    }
    cli_end_by_signal();
}

void cli_end_by_signal(void)
{
    if (cli_stop) {
        sigset_t one;
        sigemptyset(&one);
        sigaddset(&one, (int)cli_stop);
        signal((int)cli_stop, SIG_DFL);
        pthread_sigmask(SIG_UNBLOCK, &one, NULL);
        raise((int)cli_stop);
    }
}

static void await(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0) {
    }
}

static void *wait_for_signal(void *unused)
{
    sem_post(&waiting);
    await(&wake);
    pthread_mutex_lock(&lock);
    if (cli_stop && undo) {
        undo(undone);
        cli_end_by_signal();
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

void cli_may_end(void *unused, void (*first)(void *what), void *what)
{
    (void)unused;
    if (first && !caught) {
        cli_catch_signals();
    }
    if (first && !running) {
        undo = first;
        undone = what;
        running = pthread_create(&thread, NULL, wait_for_signal, NULL) == 0;
        if (running) { /* a fork while it starts would copy locks that it holds */
            await(&waiting);
        }
    } else if (!first && running) {
        pthread_mutex_lock(&lock); /* for ever where the program is being ended */
        undo = NULL;
        pthread_mutex_unlock(&lock);
        sem_post(&wake);
        pthread_join(thread, NULL);
        running = false;
        if (cli_stop) { /* for whoever waits next */
            sem_post(&wake);
        }
    }
}
