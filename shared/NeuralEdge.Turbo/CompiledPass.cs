using NeuralEdge.Networks;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// The base of the classes that the board writes itself: such a class overrides <see cref="Pass.Forward"/> with the code of
    /// one network and has nothing else. In a network it takes the place of the planned passes.
    /// </summary>
    /// <remarks>
    /// The images name this class, its namespace and its protected fields, see <see cref="ImageHead"/>: who renames one of them
    /// renames it there. A call through a base class costs a third of one by reflection.
    /// </remarks>
    internal abstract class CompiledPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 6;

        /// <summary>Raw inputs of the network.</summary>
        protected int[] Inputs;

        /// <summary>Activations of the first layer; null when there are no hidden layers.</summary>
        protected long[] FirstTable;

        /// <summary>Distinct tables of other layers, in order of their first layers; null when there are none.</summary>
        protected long[][] OtherTables;

        /// <summary>Where the accumulators of the last layer go.</summary>
        protected int[] Outputs;

        private Network _network;

        /// <summary>True while it is what its network runs.</summary>
        internal bool IsInUse
        {
            get { return _network != null && _network.CurrentPass == this; }
        }

        /// <summary>Works for a network from now on, which does not run it yet.</summary>
        /// <param name="network">A network whose constants the image holds.</param>
        /// <param name="shape">The network's shape, which is that of the image.</param>
        internal void Attach(Network network, CodeShape shape)
        {
            _network = network;
            Inputs = network.Inputs;
            FirstTable = shape.TableCount > 0 ? network.GetLayer(0).Table.Entries : null;
            OtherTables = shape.MakeOtherTables(network);
            Outputs = network.Outputs;

            // What follows the accumulators of the last layer is not compiled.
            Pass pass = network.PlannedPass;
            while (pass != null && !(pass is ActivationPass))
            {
                pass = pass.Next;
            }

            Next = pass;
        }

        /// <summary>Lets the network run it.</summary>
        internal void Engage()
        {
            _network.Replace(this);
        }

        /// <summary>Gives the network its planned passes back, and lets go of it.</summary>
        internal void Detach()
        {
            if (_network != null)
            {
                _network.Restore();
                _network = null;
                Inputs = null;
                FirstTable = null;
                OtherTables = null;
                Outputs = null;
                Next = null;
            }
        }
    }
}
