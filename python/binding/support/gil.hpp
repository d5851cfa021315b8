// Gives the interpreter's lock up and takes it, even while the interpreter is ending.
//
// Then Python ends every other thread that asks for its lock, by pthread_exit(), which unwinds the
// stack. Functions that must not throw are on it, so the process would abort. Such a thread sleeps
// instead until the process has ended: here when code of ours asks for the lock, otherwise where
// the unwinding reaches code of ours.
#pragma once

#include <Python.h>

namespace hyperslab::python {

/// Does this thread hold the interpreter's lock? Never true by mistake: near its end the
/// interpreter forgets who holds it, and PyGILState_Check() says yes to everybody.
bool holds_gil() noexcept;

/// Takes back what PyEval_SaveThread gave up. Does not return when the interpreter is ending.
void take_gil_back(PyThreadState* state) noexcept;

/// The interpreter's lock is given up for a scope.
class GilReleased {
public:
    GilReleased() : state_(PyEval_SaveThread()) {}
    ~GilReleased() { take_gil_back(state_); }
    GilReleased(const GilReleased&) = delete;
    GilReleased& operator=(const GilReleased&) = delete;

private:
    PyThreadState* state_;
};

/// The interpreter's lock is held for a scope, on a thread that may or may not hold it.
class GilTaken {
public:
    GilTaken();
    ~GilTaken();
    GilTaken(const GilTaken&) = delete;
    GilTaken& operator=(const GilTaken&) = delete;

private:
    PyGILState_STATE state_;
};

}  // namespace hyperslab::python
