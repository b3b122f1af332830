using System;
using nanoFramework.TestFramework;
using NeuralEdge.Board.Control;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Features of generated windows: the integers that the desktop has recorded, where they are proven against exact ones.</summary>
    [TestClass]
    public class WindowTests
    {
        private const int Kinds = 17;

        // Samples of a hop, hops, channels, cosine and sine of the turn, and the digest over the features of 6 hops behind the first window.
        private static readonly int[] Recorded = new int[]
        {
            8, 1, 1, 759250125, 759250125, -1224060188,
            16, 2, 3, 1053110176, 209476638, -818596727,
            32, 4, 2, 1072448455, 52686014, -1703225764,
            17, 4, 2, 1069161431, 99072397, 2008310588,
            24, 4, 3, 1071442860, 70226075, -513758893,
        };

        [TestMethod]
        public void GeneratedWindowsGiveTheRecordedFeatures()
        {
            for (int r = 0; r < Recorded.Length; r += 6)
            {
                Assert.AreEqual(Recorded[r + 5], Digest(Recorded[r], Recorded[r + 1], Recorded[r + 2], Recorded[r + 3], Recorded[r + 4]));
            }
        }

        [TestMethod]
        public void RootsAndRoundedQuotientsAreExactAtTheirEnds()
        {
            Assert.AreEqual(1L << 31, IntegerRoot.Floor(1L << 62));
            Assert.AreEqual((1L << 31) - 1, IntegerRoot.Floor((1L << 62) - 1));
            for (int i = 0; i < 200; i++)
            {
                long root = 1L + ((long)i * i * i * 267);
                Assert.AreEqual(root, IntegerRoot.Floor(root * root));
                Assert.AreEqual(root - 1, IntegerRoot.Floor((root * root) - 1));
            }

            Assert.AreEqual(-2L, RoundedQuotient.HalfUp(-5, 2));
            Assert.AreEqual(3L, RoundedQuotient.HalfUp(5, 2));
            Assert.AreEqual(-(1L << 31), RoundedQuotient.HalfUp(-(1L << 61), 1L << 30));
        }

        // The example of FORMAT.md, section 3.4.
        [TestMethod]
        public void TheExampleOfTheFormatPassesItsTest()
        {
            Model model = Read(Example(), Kinds);
            Assert.IsTrue(Run(model).Passed);
            byte[] damaged = Example();
            damaged[damaged.Length - 4] ^= 1;
            GoldenTest test = Run(Read(damaged, Kinds));
            Assert.IsFalse(test.Passed);
            Assert.AreEqual(GoldenTest.FirstWindow, test.FailedVector);
        }

        [TestMethod]
        public void ALoopDecidesWhenAWindowHasEnded()
        {
            Model model = Read(Example(), Kinds);
            Bench bench = new Bench();
            SafeOutputs outputs = new SafeOutputs(bench, new SafePin[0]);
            BoardParts parts = new BoardParts();
            parts.Inputs = bench;
            parts.Outputs = outputs;
            parts.Clock = bench;
            parts.Reset = bench;
            parts.Supervisor = new Supervisor(outputs, bench, bench, 20000);
            ControlLoop loop = new ControlLoop(parts, new BoardSettings());
            loop.Use(model);
            for (int period = 1; period <= 40; period++)
            {
                bench.Now += loop.Remaining();
                Assert.IsTrue(loop.RunPeriod() == (period >= 16 && period % 8 == 0));
            }
        }

        // All kinds of features of each channel, over samples of the series of the test windows.
        private static int Digest(int hop, int hops, int channels, int cosine, int sine)
        {
            ChannelShape[] shapes = new ChannelShape[channels];
            int octaves = 0;
            while (octaves < WindowShape.MaxOctave && (hop & (1 << octaves)) == 0)
            {
                octaves++;
            }

            int kinds = octaves > 0 ? Kinds : Kinds - 1;
            Feature[] features = new Feature[channels * kinds];
            int next = 0;
            for (int c = 0; c < channels; c++)
            {
                shapes[c] = new ChannelShape(c == 1 ? -32768 : -100, c == 1 ? 32767 : 4000 + c, 1900 * (1 - c), 30 * c, 2 + c);
                for (int kind = 0; kind < Kinds; kind++)
                {
                    bool isOctave = kind == (int)FeatureKind.Octave;
                    if (!isOctave || octaves > 0)
                    {
                        bool isBand = kind == (int)FeatureKind.Band;
                        features[next++] = new Feature(
                            (FeatureKind)kind, c, isOctave ? octaves : kind == (int)FeatureKind.Quantile ? 4 + c : isBand ? 1 + c : 0, isBand ? 3 : 0, 17 * kind, kind % 3);
                    }
                }
            }

            WindowStage stage = new WindowStage(new WindowShape(hop, hops, cosine, sine, shapes, features));
            int[] samples = new int[channels];
            uint state = 2463534242;
            int digest = 0;
            int rows = 0;
            for (int t = 0; t < hop * (hops + 6); t++)
            {
                for (int c = 0; c < channels; c++)
                {
                    state = TestWindows.Next(state);
                    samples[c] = TestWindows.Sample(state, samples[c], shapes[c]);
                }

                if (stage.Add(samples))
                {
                    while (!stage.Compute())
                    {
                    }

                    rows++;
                    for (int i = 0; i < stage.Row.Length; i++)
                    {
                        digest = (31 * digest) + stage.Row[i];
                    }
                }
            }

            Assert.AreEqual(7, rows);
            return digest;
        }

        private static byte[] Example()
        {
            return new byte[]
            {
                0x01, 0x02, 0x08, 0x00, 0x01, 0x00, 0x00, 0x00, 0x9E, 0xD7, 0x20, 0x3B, 0xA7, 0xE2, 0x7D, 0x18,
                0x9C, 0xFF, 0xA0, 0x0F, 0x6C, 0x07, 0x2C, 0x01, 0x02, 0x00, 0x00, 0x00,
                0x00, 0x00, 0x00, 0x00, 0xE0, 0x79, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00,
                0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00,
                0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00,
                0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00,
                0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x07, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00,
                0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x09, 0x00, 0x00, 0x00, 0x18, 0xFC, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00,
                0x0A, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00,
                0x0B, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00,
                0x0C, 0x00, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,
                0x0D, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x0E, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x0F, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x10, 0x00, 0x02, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,
                0x39, 0x30, 0x00, 0x00, 0x7B, 0x00, 0x00, 0x00, 0xE4, 0x3F, 0x00, 0x00, 0xB1, 0xFF, 0xFF, 0xFF, 0x98, 0x0F, 0x00, 0x00, 0xE7, 0x0F, 0x00, 0x00,
                0x45, 0x40, 0x00, 0x00, 0x80, 0x1D, 0x00, 0x00, 0x6C, 0x0A, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x08, 0x17, 0x00, 0x00, 0xBF, 0xFF, 0xFF, 0xFF,
                0x71, 0x04, 0x00, 0x00, 0x6E, 0x1F, 0x00, 0x00, 0x3A, 0x6E, 0x00, 0x00, 0xD6, 0xD8, 0xFF, 0xFF, 0x43, 0x5B, 0x00, 0x00, 0xD0, 0x16, 0x00, 0x00,
            };
        }

        private static Model Read(byte[] payload, int inputs)
        {
            byte[] plain = RandomModel.Create(new int[] { inputs, 1 }, Activation.Linear, Activation.Linear, 0, 1, 1);
            Model model = RandomModel.Read(plain);
            int end = plain.Length - ModelFormat.TrailerLength;
            model.Network.Forward();
            LittleEndian.WriteInt32(plain, end - 4, model.Network.Outputs[0]);
            byte[] file = new byte[((end + ModelFormat.SectionHeaderLength + payload.Length + 3) & ~3) + ModelFormat.TrailerLength];
            Array.Copy(plain, 0, file, 0, end);
            LittleEndian.WriteUInt16(file, 6, LittleEndian.ReadUInt16(plain, 6) + 1);
            LittleEndian.WriteInt32(file, 8, file.Length);
            LittleEndian.WriteUInt16(file, end, ModelFormat.WindowSection);
            LittleEndian.WriteInt32(file, end + 4, payload.Length);
            Array.Copy(payload, 0, file, end + ModelFormat.SectionHeaderLength, payload.Length);
            LittleEndian.WriteUInt32(file, file.Length - ModelFormat.TrailerLength, Checksum.Crc32(file, 0, file.Length - ModelFormat.TrailerLength));
            model = RandomModel.Read(file);
            Assert.IsNotNull(model);
            return model;
        }

        private static GoldenTest Run(Model model)
        {
            GoldenTest test = new GoldenTest(model);
            while (!test.Step())
            {
            }

            return test;
        }
    }
}
