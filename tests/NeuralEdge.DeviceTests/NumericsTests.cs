using System;
using nanoFramework.TestFramework;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Integer functions at points where an interpreter could differ from the desktop.</summary>
    [TestClass]
    public class NumericsTests
    {
        [TestMethod]
        public void ChecksumIsTheOneOfTheStandard()
        {
            byte[] digits = new byte[] { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39 };
            Assert.AreEqual(0xCBF43926u, Checksum.Crc32(digits, 0, 9));
        }

        /// <summary>
        /// A native method's 64-bit result stays unsigned on the interpreter, whatever C# says, until it has been in a field: the firmware's
        /// clock puts it there. Else an average of times becomes a huge number.
        /// </summary>
        [TestMethod]
        public void AFieldMakesANativeResultSigned()
        {
            byte[] earlier = new byte[] { 0x10, 0x27, 0, 0, 0, 0, 0, 0 };
            byte[] later = new byte[] { 0x20, 0x4E, 0, 0, 0, 0, 0, 0 };
            Stored a = new Stored();
            Stored b = new Stored();
            a.Value = (long)BitConverter.ToUInt64(earlier, 0);
            b.Value = (long)BitConverter.ToUInt64(later, 0);

            // Not through a local, which would make it signed, too.
            Assert.AreEqual(-79L, (a.Value - b.Value) >> 7);
        }

        [TestMethod]
        public void TanhSaturatesExactlyAndSurvivesTheSmallestInteger()
        {
            Assert.AreEqual(32766, Tanh.Evaluate(350121));
            Assert.AreEqual(32767, Tanh.Evaluate(350122));
            Assert.AreEqual(32767, Tanh.Evaluate(386121));
            Assert.AreEqual(32768, Tanh.Evaluate(386122));
            Assert.AreEqual(32768, Tanh.Evaluate(int.MaxValue));
            Assert.AreEqual(-32768, Tanh.Evaluate(int.MinValue));
        }

        [TestMethod]
        public void TanhOfAnArrayIsTanhOfEachValue()
        {
            int[] values = new int[257];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (i - 128) * 3331;
            }

            int[] results = new int[257];
            for (int i = 0; i < values.Length; i++)
            {
                results[i] = Tanh.Evaluate(values[i]);
            }

            Tanh.Apply(values, values.Length);
            for (int i = 0; i < values.Length; i++)
            {
                Assert.AreEqual(results[i], values[i]);
            }
        }

        [TestMethod]
        public void TanhHasTheSameSumOverItsDomainEverywhere()
        {
            int sum = 0;
            for (int x = -400000; x <= 400000; x += 997)
            {
                sum = (sum * 31) + Tanh.Evaluate(x);
            }

            Assert.AreEqual(TanhDigest, sum);
        }

        [TestMethod]
        public void SigmoidIsSymmetricAroundOneHalf()
        {
            Assert.AreEqual(32768, Sigmoid.Evaluate(0));
            for (int x = 0; x < 500000; x += 12347)
            {
                Assert.AreEqual(65536, Sigmoid.Evaluate(x) + Sigmoid.Evaluate(-x));
            }
        }

        [TestMethod]
        public void SoftmaxOfEqualLogitsIsUniformAndOfFarOnesIsCertain()
        {
            int[] probabilities = new int[4];
            Softmax.Evaluate(new int[] { 5, 5, 5, 5 }, 4, 20, probabilities);
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(8192, probabilities[i]);
            }

            Softmax.Evaluate(new int[] { int.MinValue, int.MaxValue, 0, 0 }, 4, 0, probabilities);
            Assert.AreEqual(0, probabilities[0]);
            Assert.AreEqual(32768, probabilities[1]);
        }

        [TestMethod]
        public void LeftShiftSaturates()
        {
            Assert.AreEqual(1 << 20, SaturatingShift.Left(1 << 10, 10));
            Assert.AreEqual(int.MaxValue, SaturatingShift.Left(1 << 22, 10));
            Assert.AreEqual(-int.MaxValue, SaturatingShift.Left(int.MinValue, 1));
        }

        [TestMethod]
        public void LeftShiftKeepsWhatFitsAndSaturatesOneBeyond()
        {
            for (int bits = 0; bits < 31; bits++)
            {
                int limit = int.MaxValue >> bits;
                Assert.AreEqual(limit << bits, SaturatingShift.Left(limit, bits));
                Assert.AreEqual(-(limit << bits), SaturatingShift.Left(-limit, bits));
                Assert.AreEqual(-int.MaxValue, SaturatingShift.Left(-limit - 1, bits));
                if (bits > 0)
                {
                    Assert.AreEqual(int.MaxValue, SaturatingShift.Left(limit + 1, bits));
                }
            }
        }

        [TestMethod]
        public void SoftmaxRoundsDifferencesOfLogitsHalfUp()
        {
            // 2^22 + 208 and a half steps of the exponential's argument, and a little less.
            int[] probabilities = new int[2];
            Softmax.Evaluate(new int[] { 536897600, 0 }, 2, 31, probabilities);
            Assert.AreEqual(18422, probabilities[0]);
            Assert.AreEqual(14346, probabilities[1]);
            Softmax.Evaluate(new int[] { 536897599, 0 }, 2, 31, probabilities);
            Assert.AreEqual(18421, probabilities[0]);
            Assert.AreEqual(14347, probabilities[1]);
        }

        private const int TanhDigest = -195681894;

        private sealed class Stored
        {
            internal long Value;
        }
    }
}
