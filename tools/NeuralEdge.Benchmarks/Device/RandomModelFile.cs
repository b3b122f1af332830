using System;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// Writes a model file with random weights: tanh in all layers but the last, which is linear. Accumulators use half of their
    /// range, and few pre-activations are small or saturated, so that an inference takes the usual way through its kernels.
    /// </summary>
    internal sealed class RandomModelFile
    {
        // More than a file takes.
        private const int BytesOfFile = 64;
        private const int BytesOfLayer = 32;
        private const int BytesOfValue = 12;

        private const int LengthOffset = 8;
        private const int HiddenLanes = 3;

        // Pre-activations of the profile fast are in -8..8, those of the profile exact in -4..4 or less.
        private const int TableMultiplier = 1 << 19;
        private const int TableShift = 11;
        private const int LeastShift = 12;
        private const int Shifts = 4;

        private readonly int[] _shape;
        private readonly int _lanes;
        private readonly byte[] _bytes;
        private int _at;
        private uint _state = 1;

        private RandomModelFile(int[] shape, int lanes)
        {
            _shape = shape;
            _lanes = lanes;
            int bytes = BytesOfFile + (BytesOfValue * shape[0]);
            for (int l = 1; l < shape.Length; l++)
            {
                bytes += BytesOfLayer + (BytesOfValue * shape[l]) + (2 * shape[l] * shape[l - 1]);
            }

            _bytes = new byte[bytes];
        }

        /// <summary>Writes a file.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <param name="lanes">Lanes of the last layer in the profile fast, 2 or 3; 0 for the profile exact.</param>
        /// <returns>The file; inputs and outputs of its one golden vector are zeros.</returns>
        internal static byte[] Create(int[] shape, int lanes)
        {
            RandomModelFile writer = new RandomModelFile(shape, lanes);
            writer.Write();
            byte[] file = new byte[writer._at];
            Array.Copy(writer._bytes, 0, file, 0, file.Length);
            LittleEndian.WriteInt32(file, LengthOffset, file.Length);
            Seal(file);
            return file;
        }

        /// <summary>Writes the outputs of the golden vector, whose inputs are zeros.</summary>
        /// <param name="file">A file that this class has written.</param>
        /// <param name="outputs">What the network gives for zeros.</param>
        internal static void SetOutputs(byte[] file, int[] outputs)
        {
            int at = file.Length - ModelFormat.TrailerLength - (4 * outputs.Length);
            for (int o = 0; o < outputs.Length; o++)
            {
                LittleEndian.WriteInt32(file, at + (4 * o), outputs[o]);
            }

            Seal(file);
        }

        private static void Seal(byte[] file)
        {
            int end = file.Length - ModelFormat.TrailerLength;
            LittleEndian.WriteUInt32(file, end, Checksum.Crc32(file, 0, end));
        }

        private void Write()
        {
            int inputs = _shape[0];
            int outputs = _shape[_shape.Length - 1];
            Put((int)ModelFormat.Magic);
            Put(1 | 2 << 16);
            Put(0);
            Put(0);
            int network = BeginSection(ModelFormat.NetworkSection);
            int largest = _lanes == 0 ? 32768 : 255;
            Put(inputs | (_shape.Length - 1) << 16 | (_lanes == 0 ? 0 : ModelFormat.FastArithmetic) << 24);
            for (int i = 0; i < inputs; i++)
            {
                Put(-largest);
                Put(largest);
            }

            for (int l = 1; l < _shape.Length; l++)
            {
                WriteLayer(_shape[l - 1], _shape[l], l == _shape.Length - 1);
            }

            EndSection(network);
            int golden = BeginSection(ModelFormat.GoldenSection);
            Put(1);
            _at += 4 * (inputs + outputs);
            EndSection(golden);
            _at += ModelFormat.TrailerLength;
        }

        private void WriteLayer(int inputs, int neurons, bool last)
        {
            bool table = _lanes > 0 && !last;
            bool narrow = table || _lanes == HiddenLanes;
            Put(neurons | (int)(last ? Activation.Linear : Activation.Tanh) << 16 | 2 << 24);
            Put((table ? HiddenLanes : _lanes) << 24);
            if (table)
            {
                Put(TableMultiplier);
                Put(ActivationTable.Create(Activation.Tanh, 0, TableMultiplier, TableShift).Digest);
                Put(TableShift);
            }
            else
            {
                for (int n = 0; n < neurons; n++)
                {
                    _bytes[_at + n] = (byte)(last ? 0 : LeastShift + Next(Shifts));
                }

                Skip(neurons);
            }

            int bias = narrow ? 200000 : 1000000;
            for (int n = 0; n < neurons; n++)
            {
                Put(Next((2 * bias) + 1) - bias);
            }

            int weight = (narrow ? 1600 : 16000) / inputs;
            for (int w = 0; w < neurons * inputs; w++)
            {
                LittleEndian.WriteUInt16(_bytes, _at + (2 * w), Next((2 * weight) + 1) - weight);
            }

            Skip(2 * neurons * inputs);
        }

        // Returns where the section begins.
        private int BeginSection(int kind)
        {
            Put(kind | 1 << 16);
            Put(0);
            return _at;
        }

        private void EndSection(int start)
        {
            LittleEndian.WriteInt32(_bytes, start - 4, _at - start);
        }

        // To a multiple of 4 bytes.
        private void Skip(int length)
        {
            _at += (length + 3) & ~3;
        }

        private void Put(int value)
        {
            LittleEndian.WriteInt32(_bytes, _at, value);
            _at += 4;
        }

        // A linear congruential generator's upper bits.
        private int Next(int limit)
        {
            _state = (_state * 1664525u) + 1013904223u;
            return (int)((_state >> 8) % (uint)limit);
        }
    }
}
