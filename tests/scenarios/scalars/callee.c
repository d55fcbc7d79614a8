#include <string.h>

#include "callee.h"

uint8_t exports_test_scalars_scalars_next_u8(uint8_t x) { return x + 1; }

int8_t exports_test_scalars_scalars_next_s8(int8_t x) { return (int8_t)(x + 1); }

uint16_t exports_test_scalars_scalars_next_u16(uint16_t x) { return x + 1; }

int16_t exports_test_scalars_scalars_next_s16(int16_t x) { return (int16_t)(x + 1); }

uint32_t exports_test_scalars_scalars_next_u32(uint32_t x) { return x + 1; }

// Signed arithmetic of 32 bits and more must not overflow in C; unsigned wraps.
int32_t exports_test_scalars_scalars_next_s32(int32_t x) { return (int32_t)((uint32_t)x + 1); }

uint64_t exports_test_scalars_scalars_next_u64(uint64_t x) { return x + 1; }

int64_t exports_test_scalars_scalars_next_s64(int64_t x) { return (int64_t)((uint64_t)x + 1); }

int64_t exports_test_scalars_scalars_sum(uint8_t a, int8_t b, uint16_t c, int16_t d, uint32_t e, int32_t f,
                                         uint64_t g, int64_t h) {
  return (int64_t)((uint64_t)a + (uint64_t)b + (uint64_t)c + (uint64_t)d + (uint64_t)e + (uint64_t)f + g +
                   (uint64_t)h);
}

uint32_t exports_test_scalars_scalars_bits_f32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

uint64_t exports_test_scalars_scalars_bits_f64(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

float exports_test_scalars_scalars_from_bits_f32(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

double exports_test_scalars_scalars_from_bits_f64(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

float exports_test_scalars_scalars_divide_f32(float a, float b) { return a / b; }

double exports_test_scalars_scalars_divide_f64(double a, double b) { return a / b; }

bool exports_test_scalars_scalars_exclusive(bool a, bool b) { return a != b; }

uint32_t exports_test_scalars_scalars_code(uint32_t c) { return c; }

uint32_t exports_test_scalars_scalars_next_char(uint32_t c) {
  switch (c) {
  case 0xd7ff:
    return 0xe000;
  case 0x10ffff:
    return 0;
  default:
    return c + 1;
  }
}
