namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Loads the images that this board has written itself; nothing that came over a wire is ever handed to it.
    /// </summary>
    public interface ICodeLoader
    {
        /// <summary>Loads an image for good: the platform cannot unload one.</summary>
        /// <param name="image">
        /// The whole assembly. The platform goes on reading this very array, so nobody may change it but the compiler that wrote it, and that only its constants.
        /// </param>
        /// <returns>An object of the image's class, which is called <see cref="CodePlan.ClassName"/>.</returns>
        /// <exception cref="System.Exception">The platform does not take the image.</exception>
        object Load(byte[] image);
    }
}
