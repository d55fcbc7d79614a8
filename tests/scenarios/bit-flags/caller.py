from check import Checks
from wit_world import exports
from wit_world.imports import bit_flags
from wit_world.imports.bit_flags import Eight, Full, Nine, One

__all__ = ["CheckBitFlags"]

ALL_ONE, ALL_EIGHT, ALL_NINE, ALL_FULL = One(1), Eight(0xFF), Nine(0x1FF), Full(0xFFFFFFFF)


def complements(check: Checks) -> None:
    for complement, flags, everything in [
        (bit_flags.complement_one, One, ALL_ONE),
        (bit_flags.complement_eight, Eight, ALL_EIGHT),
        (bit_flags.complement_nine, Nine, ALL_NINE),
        (bit_flags.complement_full, Full, ALL_FULL),
    ]:
        check.call(complement, flags(0), gives=everything)
        check.call(complement, everything, gives=flags(0))
        for flag in flags:
            check.call(complement, flag, gives=flags(everything.value - flag.value))
            check.call(complement, flags(everything.value - flag.value), gives=flag)


class CheckBitFlags(exports.CheckBitFlags):
    def run(self) -> int:
        check = Checks()

        complements(check)

        check.call(bit_flags.union_eight, Eight(0), Eight(0), gives=Eight(0))
        check.call(bit_flags.union_eight, Eight(0), ALL_EIGHT, gives=ALL_EIGHT)
        check.call(bit_flags.union_eight, Eight.B0 | Eight.B4, Eight.B4 | Eight.B7, gives=Eight(0x91))
        check.call(bit_flags.union_eight, Eight(0xAA), Eight(0x55), gives=ALL_EIGHT)

        check.call(bit_flags.intersect_nine, Nine(0), ALL_NINE, gives=Nine(0))
        check.call(bit_flags.intersect_nine, ALL_NINE, ALL_NINE, gives=ALL_NINE)
        check.call(bit_flags.intersect_nine, Nine.B0 | Nine.B8, Nine.B1 | Nine.B8, gives=Nine.B8)
        check.call(bit_flags.intersect_nine, Nine(0x0AA), Nine(0x155), gives=Nine(0))

        check.call(bit_flags.count_full, Full(0), gives=0)
        check.call(bit_flags.count_full, ALL_FULL, gives=32)
        check.call(bit_flags.count_full, Full(0x80000001), gives=2)

        check.call(bit_flags.collect_full, b"", gives=Full(0))
        check.call(bit_flags.collect_full, bytes([31, 0, 31, 7, 0]), gives=Full(0x80000081))
        check.call(bit_flags.collect_full, bytes(range(32)), gives=ALL_FULL)
        for number, flag in enumerate(Full):
            check.call(bit_flags.count_full, flag, gives=1)
            check.call(bit_flags.collect_full, bytes([number]), gives=flag)

        check.call(bit_flags.parity_nine, [], gives=Nine(0))
        check.call(bit_flags.parity_nine, [Nine.B8], gives=Nine.B8)
        check.call(bit_flags.parity_nine, [ALL_NINE, Nine.B8, ALL_NINE], gives=Nine.B8)
        check.call(bit_flags.parity_nine, [Nine(0x101), Nine(0), Nine(0x111), Nine(0x003)], gives=Nine(0x013))
        check.call(bit_flags.parity_nine, [Nine(0x155)] * 99_999 + [Nine.B0], gives=Nine(0x154))

        check.call(
            bit_flags.mirror,
            (One(0), Eight(0), Nine(0), Full(0)),
            gives=(ALL_FULL, ALL_NINE, ALL_EIGHT, ALL_ONE),
        )
        check.call(
            bit_flags.mirror,
            (One.B0, Eight(0x0F), Nine(0x0F1), Full(0x12345678)),
            gives=(Full(0xEDCBA987), Nine(0x10E), Eight(0xF0), One(0)),
        )

        return check.count
