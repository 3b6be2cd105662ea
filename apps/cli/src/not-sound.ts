/** How a command ends that found what is not sound. */
export const NOT_SOUND = 3;
