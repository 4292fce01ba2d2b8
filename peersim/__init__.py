"""peersim: does peer support help, whom, and at whose cost?

A simulated community in which people meet stress, ask each other for help, and tire.
"""

__version__ = "0.1.0"
