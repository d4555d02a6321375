/** Words by which shops name health food. By hand, 22 November 2026. */
export const healthFoodPattern = /保健食品|保健品|蓝帽|国食健字|食健备|health food|dietary supplement/i;
