using System;
using NeuralEdge.Turbo;

namespace NeuralEdge.DeviceTests
{
    /// <summary>
    /// What loads compiled code on whatever runs these tests: the firmware's own loader on a device, or the simulator's
    /// interpreter, which is there on the desktop and nowhere else.
    /// </summary>
    internal static class ImageLoader
    {
        private const string Simulated = "NeuralEdge.Simulator.Turbo.SimulatedCodeLoader, NeuralEdge.Simulator";

        /// <summary>Makes the loader.</summary>
        internal static ICodeLoader Make()
        {
            Type simulated = Type.GetType(Simulated);
            return (object)simulated == null
                ? AssemblyLoader.Open(true)
                : (ICodeLoader)simulated.GetConstructor(new Type[0]).Invoke(new object[0]);
        }
    }
}
