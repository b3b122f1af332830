using System;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// Pictures of training inputs to measure: eight prototypes, and a matrix that is full. What a look costs depends on how many
    /// prototypes it tries, so that the row of a picture is near the first one, or near none.
    /// </summary>
    public static class RandomPicture
    {
        private const int Prototypes = 8;
        private const int HeaderLength = 8;
        private const int InputLength = 10;

        /// <summary>Reads a model with a picture, as a board would.</summary>
        /// <param name="shape">Number of inputs, at most 32, then of neurons of each layer.</param>
        /// <param name="isFamiliar">Whether a row of zeros is near the first prototype; else it is near none.</param>
        /// <returns>The picture.</returns>
        public static Familiarity Read(int[] shape, bool isFamiliar)
        {
            byte[] file = Append(RandomModelFile.Create(shape, 0), Create(shape[0], isFamiliar));
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            if (model == null)
            {
                throw new OutOfMemoryException();
            }

            return model.Familiarity;
        }

        // Every deviation is 0 for a row of zeros: the distances are those of the prototypes from 0.
        private static byte[] Create(int inputs, bool isFamiliar)
        {
            byte[] payload = new byte[HeaderLength + (InputLength * inputs) + (2 * Prototypes * inputs) + (inputs * (inputs + 1) / 2)];
            payload[0] = Prototypes;
            LittleEndian.WriteInt32(payload, 4, 1);
            int at = HeaderLength;
            for (int i = 0; i < inputs; i++)
            {
                LittleEndian.WriteUInt16(payload, at + 4, 32768);
                payload[at + 6] = 15;
                payload[at + 7] = 7;
                payload[at + 8] = 128;
                payload[at + 9] = 127;
                at += InputLength;
            }

            for (int v = 0; v < Prototypes * inputs; v++)
            {
                LittleEndian.WriteUInt16(payload, at, isFamiliar && v < inputs ? 0 : 16);
                at += 2;
            }

            while (at < payload.Length)
            {
                payload[at] = (byte)(at * 37);
                at++;
            }

            return payload;
        }

        private static byte[] Append(byte[] file, byte[] payload)
        {
            int end = file.Length - ModelFormat.TrailerLength;
            byte[] all = new byte[((end + ModelFormat.SectionHeaderLength + payload.Length + 3) & ~3) + ModelFormat.TrailerLength];
            Array.Copy(file, 0, all, 0, end);
            LittleEndian.WriteUInt16(all, 6, LittleEndian.ReadUInt16(file, 6) + 1);
            LittleEndian.WriteInt32(all, 8, all.Length);
            LittleEndian.WriteUInt16(all, end, ModelFormat.FamiliaritySection);
            LittleEndian.WriteInt32(all, end + 4, payload.Length);
            Array.Copy(payload, 0, all, end + ModelFormat.SectionHeaderLength, payload.Length);
            LittleEndian.WriteUInt32(all, all.Length - ModelFormat.TrailerLength, Checksum.Crc32(all, 0, all.Length - ModelFormat.TrailerLength));
            return all;
        }
    }
}
