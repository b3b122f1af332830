using System;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>
    /// Model files of any shape with random 16-bit weights, made by the device itself: accumulators use half of their range or
    /// more, inputs are in +-32768, or +-255 in the profile fast. The outputs of the one golden vector are not computed.
    /// </summary>
    public class RandomModel
    {
        private const int TableMultiplier = 1 << 19;
        private const int TableShift = 11;
        private const int CurveLength = 1028;

        private readonly byte[] _file;
        private readonly int _tableStep;
        private readonly int _arithmetic;
        private int _at;
        private uint _seed;

        private RandomModel(int length, uint seed, int tableStep, int arithmetic)
        {
            _arithmetic = arithmetic;
            _file = new byte[length];
            _seed = seed;
            _tableStep = tableStep;
        }

        /// <summary>Makes a model file of the profile fast; pre-activations are in -8..8.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <param name="hidden">Activation of all layers but the last.</param>
        /// <param name="last">Activation of the last layer.</param>
        /// <param name="lanes">Lanes of the last layer, 2 or 3.</param>
        /// <param name="seed">Decides the weights.</param>
        /// <returns>The file.</returns>
        public static byte[] CreateFast(int[] shape, Activation hidden, Activation last, int lanes, uint seed)
        {
            return Create(shape, hidden, last, 0, 1, seed, lanes, 0, ModelFormat.FastArithmetic);
        }

        /// <summary>Makes and reads a model of the profile fast, with the golden vector computed.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <param name="hidden">Activation of all layers but the last.</param>
        /// <param name="last">Activation of the last layer.</param>
        /// <param name="lanes">Lanes of the last layer, 2 or 3.</param>
        /// <param name="seed">Decides the weights.</param>
        /// <param name="tableStep">By how much the multipliers of the layers' tables differ; 0: they have one table.</param>
        /// <returns>The model.</returns>
        /// <exception cref="OutOfMemoryException">The heap is too small for it.</exception>
        public static Model ReadFast(int[] shape, Activation hidden, Activation last, int lanes, uint seed, int tableStep)
        {
            byte[] file = Create(shape, hidden, last, 0, 1, seed, lanes, tableStep, ModelFormat.FastArithmetic);
            SetOutputs(file);
            return Read(file);
        }

        /// <summary>Makes a model file.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <param name="hidden">Activation of all layers but the last.</param>
        /// <param name="last">Activation of the last layer.</param>
        /// <param name="shift">Shift of the neurons of hidden layers.</param>
        /// <param name="spread">The shifts of a layer differ by less than this.</param>
        /// <param name="seed">Decides the weights.</param>
        /// <returns>The file.</returns>
        public static byte[] Create(int[] shape, Activation hidden, Activation last, int shift, int spread, uint seed)
        {
            return Create(shape, hidden, last, shift, spread, seed, 0, 0, 0);
        }

        /// <summary>Makes a model file of arithmetic 2: values between layers have ceilings, and activations may be tabulated.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <param name="hidden">Activation of all layers but the last.</param>
        /// <param name="last">Activation of the last layer.</param>
        /// <param name="shift">Shift of the neurons of hidden layers and of tabulated ones.</param>
        /// <param name="seed">Decides the weights.</param>
        /// <returns>The file.</returns>
        public static byte[] CreateSaturating(int[] shape, Activation hidden, Activation last, int shift, uint seed)
        {
            return Create(shape, hidden, last, shift, 1, seed, 0, 0, ModelFormat.SaturatingArithmetic);
        }

        /// <summary>Reads a model file as a board would.</summary>
        /// <param name="file">A file that this class has made.</param>
        /// <returns>The model.</returns>
        /// <exception cref="OutOfMemoryException">The heap is too small for it.</exception>
        public static Model Read(byte[] file)
        {
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            if (error == ModelError.OutOfMemory)
            {
                throw new OutOfMemoryException();
            }

            return model;
        }

        private static byte[] Create(
            int[] shape, Activation hidden, Activation last, int shift, int spread, uint seed, int lanes, int tableStep, int arithmetic)
        {
            int section = 4 + (8 * shape[0]);
            for (int l = 1; l < shape.Length; l++)
            {
                bool table = lanes > 0 && l < shape.Length - 1;
                section += (l == shape.Length - 1 ? last : hidden) == Activation.Tabulated ? CurveLength : 0;
                section += 8 + (table ? 12 : Padded(shape[l])) + (4 * shape[l]) + Padded(2 * shape[l] * shape[l - 1]);
            }

            int golden = 4 + (4 * (shape[0] + shape[shape.Length - 1]));
            RandomModel model = new RandomModel(16 + 8 + section + 8 + golden + 4, seed, tableStep, arithmetic);
            model.Write32((int)ModelFormat.Magic);
            model.Write32((arithmetic == ModelFormat.SaturatingArithmetic ? 2 : 1) | 2 << 16);
            model.Write32(model._file.Length);
            model.Write32(0);
            model.Write32(ModelFormat.NetworkSection | 1 << 16);
            model.Write32(section);
            model.WriteNetwork(shape, hidden, last, shift, spread, lanes);
            model.Write32(ModelFormat.GoldenSection | 1 << 16);
            model.Write32(golden);
            model.Write32(1);
            model._at += golden - 4;
            model.Write32((int)Checksum.Crc32(model._file, 0, model._at));
            return model._file;
        }

        // The inputs of the golden vector are zeros, and so are those of a network that nobody has set.
        private static void SetOutputs(byte[] file)
        {
            Network network = Read(file).Network;
            network.Forward();
            int end = file.Length - ModelFormat.TrailerLength;
            for (int o = 0; o < network.OutputCount; o++)
            {
                LittleEndian.WriteInt32(file, end - (4 * (network.OutputCount - o)), network.Outputs[o]);
            }

            LittleEndian.WriteUInt32(file, end, Checksum.Crc32(file, 0, end));
        }

        private static int Padded(int length)
        {
            return (length + 3) & ~3;
        }

        private void WriteNetwork(int[] shape, Activation hidden, Activation last, int shift, int spread, int lanes)
        {
            int inputs = lanes == 0 ? 32768 : 255;
            Write32(shape[0] | (shape.Length - 1) << 16 | _arithmetic << 24);
            for (int i = 0; i < shape[0]; i++)
            {
                Write32(-inputs);
                Write32(inputs);
            }

            for (int l = 1; l < shape.Length; l++)
            {
                bool ends = l == shape.Length - 1;
                Activation activation = ends ? last : hidden;
                Write32(shape[l] | (int)activation << 16 | 2 << 24);
                Write32(lanes == 0 ? 0 : (ends ? lanes : 3) << 24);
                if (activation == Activation.Tabulated)
                {
                    WriteCurve();
                }

                if (lanes > 0 && !ends)
                {
                    WriteTable(activation, TableMultiplier + (_tableStep * l));
                }
                else
                {
                    for (int n = 0; n < shape[l]; n++)
                    {
                        _file[_at + n] = (byte)(ends && activation != Activation.Tabulated ? 0 : shift + Next(spread));
                    }

                    _at += Padded(shape[l]);
                }

                // sum |weight| * 2 * 32768 stays below 2^30, even behind a sigmoid; in lanes of 21 bits below 2^20.
                bool narrow = lanes > 0 && (lanes == 3 || !ends);
                int bias = narrow ? 200000 : 1000000;
                for (int n = 0; n < shape[l]; n++)
                {
                    Write32(Next((2 * bias) + 1) - bias);
                }

                int most = (narrow ? 1600 : 16000) / shape[l - 1];
                for (int w = 0; w < shape[l] * shape[l - 1]; w++)
                {
                    int weight = Next((2 * most) + 1) - most;
                    _file[_at] = (byte)weight;
                    _file[_at + 1] = (byte)(weight >> 8);
                    _at += 2;
                }

                _at = Padded(_at);
            }
        }

        // A parabola with its lowest point beside the middle: it falls and rises.
        private void WriteCurve()
        {
            for (int k = 0; k < ActivationCurve.KnotCount; k++)
            {
                int x = k - 256;
                int y = ((x * x) >> 2) + (9 * x) - 3000;
                _file[_at + (2 * k)] = (byte)y;
                _file[_at + (2 * k) + 1] = (byte)(y >> 8);
            }

            _at += CurveLength;
        }

        private void WriteTable(Activation activation, int multiplier)
        {
            ActivationTable table = ActivationTable.Create(activation, 0, multiplier, TableShift);
            Write32(multiplier);
            Write32(table.Digest);
            Write32(TableShift);
        }

        private int Next(int limit)
        {
            _seed = (_seed * 1664525u) + 1013904223u;
            return (int)((_seed >> 8) % (uint)limit);
        }

        private void Write32(int value)
        {
            LittleEndian.WriteInt32(_file, _at, value);
            _at += 4;
        }
    }
}
