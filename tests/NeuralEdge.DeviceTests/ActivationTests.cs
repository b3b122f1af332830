using nanoFramework.TestFramework;
using NeuralEdge.Networks;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The numbers of the activations, which are written into model files.</summary>
    [TestClass]
    public class ActivationTests
    {
        /// <summary>An old model file must keep its meaning: the numbers never change.</summary>
        [TestMethod]
        public void NumbersAreThoseOfTheModelFile()
        {
            Assert.AreEqual(0, (int)Activation.Linear);
            Assert.AreEqual(1, (int)Activation.Tanh);
            Assert.AreEqual(2, (int)Activation.Sigmoid);
            Assert.AreEqual(3, (int)Activation.Relu);
            Assert.AreEqual(4, (int)Activation.LeakyRelu);
            Assert.AreEqual(5, (int)Activation.Softmax);
            Assert.AreEqual(6, (int)Activation.Tabulated);
        }
    }
}
