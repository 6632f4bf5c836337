"""The run of show: what the hour consists of, in its order, and where it is now.

`records` has its segments and where it is; `segments` prepares it, `show` runs it, `reckoning` says what that
means in time. `check` looks at a plan with named rules, `cuts` offers what still ends on time, `examples` has
a good plan and a bad one, `cues` is the private line to who speaks. All of it is pure.
"""
