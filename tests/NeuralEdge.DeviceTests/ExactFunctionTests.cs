using nanoFramework.TestFramework;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>
    /// The functions whose every input is proven on the desktop give the same integers here: one number that depends on the
    /// results of hundreds of calls, and the inputs whose rounding is hardest.
    /// </summary>
    [TestClass]
    public class ExactFunctionTests
    {
        /// <summary>The 24 inputs of the Q3.12 grid that lie nearest to a rounding tie, down to 1.6 millionths of it.</summary>
        [TestMethod]
        public void TanhIsCorrectlyRoundedWhereRoundingIsHardest()
        {
            int[] inputs = new int[]
            {
                4880, 10176, 19936, 20208, 31024, 32928, 33168, 35216, 61312, 68176, 90704, 100560,
                110480, 145168, 183088, 223008, 232976, 262864, 266064, 280640, 293280, 350128, 386096, 386112,
            };
            int[] results = new int[]
            {
                2436, 5048, 9671, 9795, 14449, 15205, 15300, 16089, 24025, 25493, 28897, 29858,
                30592, 31996, 32524, 32696, 32715, 32746, 32748, 32756, 32760, 32767, 32767, 32767,
            };
            for (int i = 0; i < inputs.Length; i++)
            {
                Assert.AreEqual(results[i], Tanh.Evaluate(inputs[i]));
                Assert.AreEqual(-results[i], Tanh.Evaluate(-inputs[i]));
                Assert.AreEqual(32768 + results[i], Sigmoid.Evaluate(inputs[i]));
            }
        }

        [TestMethod]
        public void SigmoidGivesTheSameIntegersEverywhere()
        {
            int sum = 0;
            for (int x = -800000; x <= 800000; x += 1999)
            {
                sum = (sum * 31) + Sigmoid.Evaluate(x);
            }

            Assert.AreEqual(732727301, sum);
        }

        [TestMethod]
        public void ExponentialGivesTheSameIntegersEverywhere()
        {
            int sum = 0;
            for (int d = 0; d < Exponential.Cut - 300007; d += 300007)
            {
                sum = (sum * 31) + Exponential.Evaluate(d);
            }

            Assert.AreEqual(-424542818, sum);
        }

        [TestMethod]
        public void SoftmaxGivesTheSameIntegersEverywhere()
        {
            int[] logits = new int[3];
            int[] probabilities = new int[3];
            int sum = 0;
            for (int k = 0; k < 200; k++)
            {
                logits[0] = (k * 8191) - 500000;
                logits[1] = 300000 - (k * k * 11);
                logits[2] = (k * 7919) % 65536;
                Softmax.Evaluate(logits, 3, 16, probabilities);
                for (int i = 0; i < 3; i++)
                {
                    sum = (sum * 31) + probabilities[i];
                }
            }

            Assert.AreEqual(925909042, sum);
        }

        [TestMethod]
        public void ActivationTablesGiveTheSameIntegersEverywhere()
        {
            Assert.AreEqual(1410788438, ActivationTable.Create(Activation.Tanh, 0, 1 << 19, 11).Digest);
            Assert.AreEqual(-846828458, ActivationTable.Create(Activation.Sigmoid, 0, 1 << 19, 11).Digest);
            Assert.AreEqual(-1033101794, ActivationTable.Create(Activation.Relu, 0, 1 << 19, 21).Digest);
            Assert.AreEqual(-118751298, ActivationTable.Create(Activation.LeakyRelu, 3277, 1 << 19, 21).Digest);
            ActivationTable linear = ActivationTable.Create(Activation.Linear, 0, 1 << 19, 21);
            Assert.AreEqual(-485086276, linear.Digest);
            Assert.IsTrue(linear.IsSound());
        }
    }
}
