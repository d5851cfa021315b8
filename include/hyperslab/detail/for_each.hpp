// HYPERSLAB_DETAIL_FOR_EACH(macro, context, a, b, c): macro(context, a), macro(context, b), ...
//
// The preprocessor does not recurse, but it can be made to look again: each EXPAND rescans its
// argument four times, so that up to 256 items are reached.
#pragma once

#define HYPERSLAB_DETAIL_PARENTHESES ()
#define HYPERSLAB_DETAIL_EXPAND_1(...) __VA_ARGS__
#define HYPERSLAB_DETAIL_EXPAND_4(...)                   \
    HYPERSLAB_DETAIL_EXPAND_1(HYPERSLAB_DETAIL_EXPAND_1( \
        HYPERSLAB_DETAIL_EXPAND_1(HYPERSLAB_DETAIL_EXPAND_1(__VA_ARGS__))))
#define HYPERSLAB_DETAIL_EXPAND_16(...)                  \
    HYPERSLAB_DETAIL_EXPAND_4(HYPERSLAB_DETAIL_EXPAND_4( \
        HYPERSLAB_DETAIL_EXPAND_4(HYPERSLAB_DETAIL_EXPAND_4(__VA_ARGS__))))
#define HYPERSLAB_DETAIL_EXPAND_64(...)                    \
    HYPERSLAB_DETAIL_EXPAND_16(HYPERSLAB_DETAIL_EXPAND_16( \
        HYPERSLAB_DETAIL_EXPAND_16(HYPERSLAB_DETAIL_EXPAND_16(__VA_ARGS__))))
#define HYPERSLAB_DETAIL_EXPAND(...)                       \
    HYPERSLAB_DETAIL_EXPAND_64(HYPERSLAB_DETAIL_EXPAND_64( \
        HYPERSLAB_DETAIL_EXPAND_64(HYPERSLAB_DETAIL_EXPAND_64(__VA_ARGS__))))

#define HYPERSLAB_DETAIL_FOR_EACH(macro, context, ...) \
    __VA_OPT__(HYPERSLAB_DETAIL_EXPAND(HYPERSLAB_DETAIL_FOR_EACH_STEP(macro, context, __VA_ARGS__)))
#define HYPERSLAB_DETAIL_FOR_EACH_STEP(macro, context, first, ...) \
    macro(context, first) __VA_OPT__(                              \
        ,                                                          \
        HYPERSLAB_DETAIL_FOR_EACH_AGAIN HYPERSLAB_DETAIL_PARENTHESES(macro, context, __VA_ARGS__))
#define HYPERSLAB_DETAIL_FOR_EACH_AGAIN() HYPERSLAB_DETAIL_FOR_EACH_STEP
