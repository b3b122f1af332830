using System;
using System.Reflection;
using NeuralEdge.Turbo;

namespace NeuralEdge.DeviceTests
{
    /// <summary>
    /// Loads compiled code on whatever runs these tests: by the runtime of a device, or by the simulator's interpreter, which is
    /// there on the desktop and nowhere else.
    /// </summary>
    internal sealed class ImageLoader : ICodeLoader
    {
        private const string Simulated = "NeuralEdge.Simulator.Turbo.SimulatedCodeLoader, NeuralEdge.Simulator";

        /// <summary>Makes the loader.</summary>
        internal static ICodeLoader Make()
        {
            Type simulated = Type.GetType(Simulated);
            return (object)simulated == null
                ? new ImageLoader()
                : (ICodeLoader)simulated.GetConstructor(new Type[0]).Invoke(new object[0]);
        }

        public object Load(byte[] image)
        {
            return Assembly.Load(image).GetType(CodePlan.ClassName).GetConstructor(new Type[0]).Invoke(new object[0]);
        }
    }
}
