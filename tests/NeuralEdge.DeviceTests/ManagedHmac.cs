using System;
using NeuralEdge.Board.Security;

namespace NeuralEdge.DeviceTests
{
    /// <summary>HMAC-SHA256 in C#, because the virtual device does not have the platform's own. Slow, and for tests only.</summary>
    internal sealed class ManagedHmac : IMessageAuthentication
    {
        private const int Block = 64;
        private readonly uint[] _round = MakeRounds();
        private readonly uint[] _words = new uint[64];

        public byte[] Compute(byte[] key, byte[] message)
        {
            byte[] inner = new byte[Block + message.Length];
            byte[] outer = new byte[Block + 32];
            for (int i = 0; i < Block; i++)
            {
                byte b = i < key.Length ? key[i] : (byte)0;
                inner[i] = (byte)(b ^ 0x36);
                outer[i] = (byte)(b ^ 0x5C);
            }

            Array.Copy(message, 0, inner, Block, message.Length);
            Array.Copy(Hash(inner), 0, outer, Block, 32);
            return Hash(outer);
        }

        private byte[] Hash(byte[] message)
        {
            int length = (message.Length + 9 + Block - 1) / Block * Block;
            byte[] padded = new byte[length];
            Array.Copy(message, 0, padded, 0, message.Length);
            padded[message.Length] = 0x80;
            for (int i = 0; i < 4; i++)
            {
                padded[length - 1 - i] = (byte)((message.Length * 8) >> (8 * i));
            }

            uint[] state = new uint[] { 0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19 };
            for (int at = 0; at < length; at += Block)
            {
                Mix(state, padded, at);
            }

            byte[] hash = new byte[32];
            for (int i = 0; i < 32; i++)
            {
                hash[i] = (byte)(state[i / 4] >> (24 - (8 * (i % 4))));
            }

            return hash;
        }

        private void Mix(uint[] state, byte[] data, int at)
        {
            uint[] w = _words;
            for (int i = 0; i < 16; i++)
            {
                int o = at + (4 * i);
                w[i] = ((uint)data[o] << 24) | ((uint)data[o + 1] << 16) | ((uint)data[o + 2] << 8) | data[o + 3];
            }

            for (int i = 16; i < 64; i++)
            {
                uint s0 = Turn(w[i - 15], 7) ^ Turn(w[i - 15], 18) ^ (w[i - 15] >> 3);
                uint s1 = Turn(w[i - 2], 17) ^ Turn(w[i - 2], 19) ^ (w[i - 2] >> 10);
                w[i] = w[i - 16] + s0 + w[i - 7] + s1;
            }

            uint a = state[0];
            uint b = state[1];
            uint c = state[2];
            uint d = state[3];
            uint e = state[4];
            uint f = state[5];
            uint g = state[6];
            uint h = state[7];
            for (int i = 0; i < 64; i++)
            {
                uint t1 = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + ((e & f) ^ (~e & g)) + _round[i] + w[i];
                uint t2 = (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
                h = g;
                g = f;
                f = e;
                e = d + t1;
                d = c;
                c = b;
                b = a;
                a = t1 + t2;
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }

        private static uint Turn(uint value, int bits)
        {
            return (value >> bits) | (value << (32 - bits));
        }

        private static uint[] MakeRounds()
        {
            return new uint[]
            {
                0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
                0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
                0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
                0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
                0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
                0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
                0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
                0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
            };
        }
    }
}
