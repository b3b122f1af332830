using System;
using nanoFramework.TestFramework;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Turbo;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Code that was compiled by whatever runs these tests, on the platform that it was compiled for.</summary>
    [TestClass]
    public class TurboTests
    {
        private const int Budget = 65536;

        [TestMethod]
        public void CompiledNetworksGiveTheIntegersOfTheLayers()
        {
            TurboCompiler compiler = new TurboCompiler(ImageLoader.Make(), Budget);
            CompileAndCheck(compiler, RandomModel.ReadFast(new int[] { 2, 2, 1 }, Activation.Tanh, Activation.Linear, 2, 1, 0));
            CompileAndCheck(compiler, RandomModel.ReadFast(new int[] { 4, 10, 3 }, Activation.Tanh, Activation.Softmax, 3, 2, 0));
            CompileAndCheck(compiler, RandomModel.ReadFast(new int[] { 16, 32, 16, 4 }, Activation.Tanh, Activation.Linear, 2, 3, 0));

            // Three tables, an activation behind the outputs, rows of one and of two neurons.
            CompileAndCheck(compiler, RandomModel.ReadFast(new int[] { 5, 7, 8, 4, 5 }, Activation.Sigmoid, Activation.Tanh, 3, 4, 1000));
            Assert.AreEqual(4, compiler.ImageCount);

            // No more shapes than that.
            Model fifth = RandomModel.ReadFast(new int[] { 3, 3, 3 }, Activation.Tanh, Activation.Linear, 3, 5, 0);
            Compile(compiler, fifth);
            Assert.AreEqual((int)TurboRefusal.Images, (int)compiler.Refusal);
            Check(fifth.Network);
        }

        [TestMethod]
        public void ModelsOfOneShapeShareOneImage()
        {
            TurboCompiler compiler = new TurboCompiler(ImageLoader.Make(), Budget);
            Model before = null;
            for (uint seed = 1; seed <= 10; seed++)
            {
                Model model = RandomModel.ReadFast(new int[] { 3, 8, 4, 5 }, Activation.Tanh, Activation.Linear, 3, seed, 1);
                CompileAndCheck(compiler, model);
                if (before != null)
                {
                    Assert.AreEqual(0, compiler.GetBytesInUse(before));
                    Check(before.Network);
                    Check(model.Network);
                }

                before = model;
            }

            Assert.AreEqual(1, compiler.ImageCount);
        }

        [TestMethod]
        public void CompiledCodeStaysRightWhileTheHeapIsFilledAndEmptied()
        {
            TurboCompiler compiler = new TurboCompiler(ImageLoader.Make(), Budget);
            object[] old = new object[8];
            for (int i = 0; i < 40; i++)
            {
                old[i % old.Length] = new byte[1000 + (997 * i % 4000)];
            }

            Model model = RandomModel.ReadFast(new int[] { 8, 16, 4 }, Activation.Tanh, Activation.Linear, 2, 7, 0);
            CompileAndCheck(compiler, model);
            for (int i = 0; i < 400; i++)
            {
                old[i % old.Length] = new byte[1000 + (997 * i % 4000)];
                if (i % 20 == 0)
                {
                    Check(model.Network);
                }
            }

            Assert.AreEqual((int)TurboRefusal.None, (int)compiler.Refusal);
            Assert.IsTrue(compiler.GetBytesInUse(model) > 0);
        }

        [TestMethod]
        public void WhereNothingCanBeLoadedTheRowsGoOn()
        {
            TurboCompiler compiler = new TurboCompiler(new BrokenLoader(), Budget);
            Model model = RandomModel.ReadFast(new int[] { 4, 6, 2 }, Activation.Tanh, Activation.Linear, 2, 8, 0);
            Compile(compiler, model);
            Assert.AreEqual((int)TurboRefusal.Load, (int)compiler.Refusal);
            Check(model.Network);
        }

        [TestMethod]
        public void StartsThatEndTooSoonAreRemembered()
        {
            MemoryFiles files = new MemoryFiles();
            for (int start = 0; start < TurboGuard.MaxStarts; start++)
            {
                TurboGuard dying = new TurboGuard(files);
                Assert.IsTrue(dying.Allows());
                dying.Open();
            }

            TurboGuard guard = new TurboGuard(files);
            Assert.IsFalse(guard.Allows());
            guard.Forgive();
            Assert.IsTrue(guard.Allows());
            guard.Open();
            Assert.AreEqual(1, files.GetLength("turbo"));
            for (int i = 0; i < TurboGuard.TrialPeriods; i++)
            {
                Assert.IsFalse(guard.IsDue);
                guard.Tick();
            }

            Assert.IsTrue(guard.IsDue);
            guard.Remove();
            Assert.AreEqual(-1, files.GetLength("turbo"));
        }

        private static void CompileAndCheck(TurboCompiler compiler, Model model)
        {
            Check(model.Network);
            Compile(compiler, model);
            Assert.AreEqual((int)TurboRefusal.None, (int)compiler.Refusal);
            Assert.IsTrue(compiler.GetBytesInUse(model) > 0);
            Check(model.Network);
        }

        private static void Compile(TurboCompiler compiler, Model model)
        {
            while (compiler.Step(model))
            {
            }
        }

        // Against the plain form of the layers.
        private static void Check(Network network)
        {
            for (int r = 0; r < 3; r++)
            {
                int[] x = new int[network.InputCount];
                for (int i = 0; i < x.Length; i++)
                {
                    int span = network.GetInputMaximum(i) - network.GetInputMinimum(i) + 1;
                    network.SetInput(i, network.GetInputMinimum(i) + (((i * 12345) + (r * 23456)) % span));
                    x[i] = network.GetInput(i);
                }

                network.Forward();
                for (int l = 0; l < network.LayerCount; l++)
                {
                    int[] y = new int[network.GetLayer(l).NeuronCount];
                    network.GetLayer(l).Forward(x, y);
                    x = y;
                }

                for (int o = 0; o < network.OutputCount; o++)
                {
                    Assert.AreEqual(x[o], network.Outputs[o]);
                }
            }
        }

        private sealed class BrokenLoader : ICodeLoader
        {
            public object Load(byte[] image)
            {
                throw new ArgumentException();
            }
        }
    }
}
