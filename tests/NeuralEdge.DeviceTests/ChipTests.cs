using nanoFramework.TestFramework;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The table of chips on the interpreter.</summary>
    [TestClass]
    public class ChipTests
    {
        /// <summary>Lists keep their order, with ranges and without.</summary>
        [TestMethod]
        public void AListOfPinsIsReadInItsOrder()
        {
            CollectionAssert.AreEqual(new int[] { 18, 19, 21, 22, 23, 4 }, PinList.Expand("18 19 21-23 4"));
            Assert.AreEqual(0, PinList.Expand("").Length);
            Assert.IsTrue(PinList.Has("18 19 21-23 4", 22), "22 is in a range");
            Assert.IsFalse(PinList.Has("18 19 21-23 4", 20), "20 is not");
        }

        /// <summary>Every chip of the table has outputs that may drive, and settings of its own suit it.</summary>
        [TestMethod]
        public void EveryChipSuitsItself()
        {
            string[] names = ChipTable.Names.Split(' ');
            for (int i = 0; i < names.Length; i++)
            {
                Chip chip = ChipTable.Find(names[i]);
                ChipWiring wiring = ChipWiring.Choose(chip.Runtime, chip, SafePin.All(chip.Outputs, false), 0, ChipWiring.Default, ChipWiring.Default);
                Assert.IsTrue(wiring.Misfit == Misfit.None, names[i]);
                Assert.IsTrue(wiring.AdcChannels != 0, names[i]);
            }
        }

        /// <summary>A chip is known by what the runtime calls it, and another one is left alone.</summary>
        [TestMethod]
        public void AChipIsKnownByItsRuntime()
        {
            string runtime = ChipTable.RuntimeName("nanoCLR running @ ESP32_S3 built with ESP-IDF 38eeba2");
            Assert.AreEqual("ESP32_S3", runtime);
            Assert.AreEqual("esp32-s3-octal", ChipTable.Recognise(runtime, "ESP32_S3_OCTAL", false).Name);
            Assert.IsNull(ChipTable.Recognise("ESP32_C5", "ESP32_C5_THREAD", false));
            ChipWiring wiring = ChipWiring.Choose("ESP32_C5", null, null, 0, ChipWiring.Default, ChipWiring.Default);
            Assert.AreEqual(0, wiring.Outputs.Length);
            Assert.IsTrue(wiring.Describe().IndexOf("ESP32_C5") > 0, "the sentence names the chip");
        }
    }
}
