using System;
using nanoFramework.TestFramework;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Whether inputs are like those of the training: the answers that the desktop has recorded, where it is proven against exact integers.</summary>
    [TestClass]
    public class FamiliarityTests
    {
        private const int Prototypes = 8;
        private const int Header = 8;
        private const int Input = 10;

        private static uint _seed;

        [TestMethod]
        public void RandomPicturesGiveTheRecordedAnswers()
        {
            // Inputs, threshold, and a bit for each of 31 rows.
            int[] recorded = new int[]
            {
                1, 3000, 1612162158,
                3, 15000, 1845491711,
                8, 60000, 2134748039,
                16, 250000, 1364017181,
                32, 1000000, 1814417506,
            };
            for (int k = 0; k < recorded.Length; k += 3)
            {
                int inputs = recorded[k];
                _seed = (uint)inputs;
                Familiarity picture = Read(inputs, Create(inputs, recorded[k + 1]));
                int[] row = new int[inputs];
                int answers = 0;
                for (int r = 0; r < 31; r++)
                {
                    for (int i = 0; i < inputs; i++)
                    {
                        row[i] = Next(65536) - 32768;
                    }

                    answers |= picture.IsFamiliar(row) ? 1 << r : 0;
                }

                Assert.AreEqual(recorded[k + 2], answers);
            }
        }

        [TestMethod]
        public void TheEndsOfRawIntegersAreUnfamiliarAndOverflowNothing()
        {
            for (int inputs = 1; inputs <= Familiarity.MaxInputs; inputs++)
            {
                Familiarity picture = Read(inputs, Create(inputs, int.MaxValue));
                int[] row = new int[inputs];
                Assert.IsTrue(picture.IsFamiliar(row));
                for (int i = 0; i < inputs; i++)
                {
                    row[i] = int.MaxValue;
                    Assert.IsFalse(picture.IsFamiliar(row));
                    row[i] = int.MinValue;
                    Assert.IsFalse(picture.IsFamiliar(row));
                    row[i] = i % 2 == 0 ? 32767 : -32768;
                    Assert.IsTrue(picture.IsFamiliar(row));
                }
            }
        }

        // The example of FORMAT.md, section 3.3.
        [TestMethod]
        public void TheExampleOfTheFormatIsJudgedAsItsDocumentHasIt()
        {
            Familiarity picture = Read(2, new byte[]
            {
                0x02, 0x01, 0x04, 0x00, 0x84, 0x03, 0x00, 0x00,
                0xE8, 0x03, 0x00, 0x00, 0x00, 0x80, 0x0F, 0x03, 0xD8, 0x28,
                0x38, 0xFF, 0xFF, 0xFF, 0x00, 0xC0, 0x10, 0x02, 0xC4, 0x32,
                0x00, 0x00, 0x00, 0x00, 0x14, 0x00, 0xF6, 0xFF,
                0x08, 0xFD, 0x05,
            });
            Assert.IsTrue(picture.IsDoubt);
            int[] rows = new int[] { 1000, -200, 1030, -190, 1020, -201, 1044, -128, 956, -285, 1045, -200, 1000, -286, 2147483647, -200 };
            for (int r = 0; 2 * r < rows.Length; r++)
            {
                Assert.IsTrue(picture.IsFamiliar(new int[] { rows[2 * r], rows[(2 * r) + 1] }) == (r < 3));
            }
        }

        [TestMethod]
        public void ThirteenUnfamiliarLooksOfSixtyRaiseTheAlarmAndSixEndIt()
        {
            FamiliarityWatch watch = new FamiliarityWatch();
            byte[] file = FactoryModel.GetBytes();
            Model factory = ModelReader.Read(file, file.Length, new ModelLimits(4096, 4, 16, 0, 0xFF), out ModelError error, out int where);
            watch.Begin(new Model(factory.Network, factory.Bindings, factory.Golden, 0, 0, Read(2, Create(2, int.MaxValue)), null, null), 0);
            BoardInfo info = new BoardInfo();
            int[] row = new int[2];
            for (int look = 1; look <= 66; look++)
            {
                row[0] = look <= 13 ? 40000 : 0;
                for (int period = 0; period < FamiliarityWatch.Every; period++)
                {
                    watch.Look(row, look * 1000000L);
                }

                watch.Report(info, look * 1000000L);
                Assert.AreEqual((uint)look, info.Looks);
                Assert.IsTrue(watch.IsAlarmed == (look >= 13 && info.WindowUnfamiliar > 6));
            }

            Assert.AreEqual(7, (int)info.WindowUnfamiliar);
            Assert.AreEqual(60, (int)info.WindowLooks);
            Assert.AreEqual(13u, info.HourUnfamiliar);
            watch.Report(info, 3700L * 1000000);
            Assert.AreEqual(0u, info.HourLooks);
        }

        // Deviations of raw / 256, random weights and prototypes.
        private static byte[] Create(int inputs, int threshold)
        {
            byte[] payload = new byte[Header + (Input * inputs) + (2 * Prototypes * inputs) + (inputs * (inputs + 1) / 2)];
            payload[0] = Prototypes;
            LittleEndian.WriteInt32(payload, 4, threshold);
            int at = Header;
            for (int i = 0; i < inputs; i++)
            {
                LittleEndian.WriteUInt16(payload, at + 4, 32768);
                payload[at + 6] = 23;
                payload[at + 7] = 7;
                payload[at + 8] = 128;
                payload[at + 9] = 127;
                at += Input;
            }

            for (int v = 0; v < Prototypes * inputs; v++)
            {
                LittleEndian.WriteUInt16(payload, at, (Next(401) - 200) & 0xFFFF);
                at += 2;
            }

            while (at < payload.Length)
            {
                payload[at++] = (byte)Next(256);
            }

            return payload;
        }

        private static Familiarity Read(int inputs, byte[] payload)
        {
            byte[] plain = RandomModel.Create(new int[] { inputs, 1 }, Activation.Linear, Activation.Linear, 0, 1, 1);
            int end = plain.Length - ModelFormat.TrailerLength;
            byte[] file = new byte[((end + ModelFormat.SectionHeaderLength + payload.Length + 3) & ~3) + ModelFormat.TrailerLength];
            Array.Copy(plain, 0, file, 0, end);
            LittleEndian.WriteUInt16(file, 6, LittleEndian.ReadUInt16(plain, 6) + 1);
            LittleEndian.WriteInt32(file, 8, file.Length);
            LittleEndian.WriteUInt16(file, end, ModelFormat.FamiliaritySection);
            LittleEndian.WriteInt32(file, end + 4, payload.Length);
            Array.Copy(payload, 0, file, end + ModelFormat.SectionHeaderLength, payload.Length);
            LittleEndian.WriteUInt32(file, file.Length - ModelFormat.TrailerLength, Checksum.Crc32(file, 0, file.Length - ModelFormat.TrailerLength));
            Model model = RandomModel.Read(file);
            Assert.IsNotNull(model);
            return model.Familiarity;
        }

        private static int Next(int limit)
        {
            _seed = (_seed * 1664525u) + 1013904223u;
            return (int)((_seed >> 8) % (uint)limit);
        }
    }
}
